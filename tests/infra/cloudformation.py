"""Reads a CloudFormation template, and resolves what a deployed stack would resolve."""

import pathlib
import re
from typing import Any

import yaml

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "infra/aws/retailsim.yaml"
ACCOUNT = "123456789012"  # moto's
PSEUDO = {
    "AWS::Region": "us-east-1",
    "AWS::Partition": "aws",
    "AWS::AccountId": ACCOUNT,
}


class Loader(yaml.SafeLoader):
    """Short forms become the long ones: !Ref x is {"Ref": x}, !Sub x is {"Fn::Sub": x}."""


def long_form(loader: Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", long_form)


def load(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader)  # noqa: S506 -- a SafeLoader with more tags


def defaults(template: dict[str, Any], **given: str) -> dict[str, str]:
    found = {name: str(body["Default"]) for name, body in template["Parameters"].items()}
    return found | given


def holds(template: dict[str, Any], condition: Any, parameters: dict[str, str]) -> bool:
    if isinstance(condition, str):
        return holds(template, template["Conditions"][condition], parameters)
    ((kind, value),) = condition.items()
    if kind == "Condition":
        return holds(template, value, parameters)
    if kind == "Fn::Not":
        return not holds(template, value[0], parameters)
    if kind == "Fn::Or":
        return any(holds(template, part, parameters) for part in value)
    if kind == "Fn::Equals":
        left, right = (
            parameters[side["Ref"]] if isinstance(side, dict) else side for side in value
        )
        return left == right
    raise ValueError(f"unknown condition {kind}")


def wanted(template: dict[str, Any], parameters: dict[str, str]) -> dict[str, str]:
    """Logical name and type of every resource that a stack with these parameters has."""
    return {
        name: body["Type"]
        for name, body in template["Resources"].items()
        if "Condition" not in body or holds(template, body["Condition"], parameters)
    }


def resolve(value: Any, known: dict[str, str]) -> Any:
    """Ref, GetAtt and Sub replaced from `known`: names, and names with an attribute."""
    if isinstance(value, list):
        return [resolve(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return known[value["Ref"]]
    if set(value) == {"Fn::GetAtt"}:
        return known[".".join(value["Fn::GetAtt"])]
    if set(value) == {"Fn::Sub"}:
        return re.sub(r"\$\{([^!}]+)\}", lambda match: known[match[1]], value["Fn::Sub"])
    return {key: resolve(item, known) for key, item in value.items()}
