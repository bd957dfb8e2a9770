"""The dashboard: reads the published KPI tables of a lake and shows them.

    streamlit run dashboard/app.py        or, better, `retailsim dashboard --lake URI`

Streamlit compiles this file anew for each session, so there is no more in it.
"""

from board.main import main

main()
