"""Loads the Arrow library that the compiled module was built with."""

import pyarrow

BUILT_WITH = 26  # the first part of the version, which names the library

if int(pyarrow.__version__.split(".", maxsplit=1)[0]) != BUILT_WITH:
    raise ImportError(
        f"retailsim needs pyarrow {BUILT_WITH}, whose Arrow library it is built with; this is "
        f"pyarrow {pyarrow.__version__}: pip install 'pyarrow=={BUILT_WITH}.*'"
    )
