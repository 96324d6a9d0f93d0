"""The rules that a person wrote: rules/*.yml, read and checked."""

from __future__ import annotations

from pathlib import Path
from string import Template

from pydantic import Field, ValidationError

from concepts.errors import ExpectationError
from concepts.metamodel import Frozen, Name, Text
from concepts.yaml_text import read_yaml
from expectations.running import Promise, Sentence, Severity, never

RULES = Path(__file__).with_name("rules")


class Rule(Frozen):
    """No row may meet the SQL condition `never`."""

    rule: Name
    severity: Severity
    never: Text
    en: Text
    fi: Text

    def promise(self, **settings: int) -> Promise:
        """The rule as it is put to the data, with the settings in the place of their $names."""
        condition, en, fi = (Template(text).substitute(settings) for text in (self.never, self.en, self.fi))
        sentence = Sentence(en=en, fi=fi)
        return Promise(self.rule, self.severity, sentence, "UnexpectedRowsExpectation", never(condition))


class Rules(Frozen):
    """Rules by table; may_be_later lists dates that may lie after the extract, such as a booked time."""

    may_be_later: dict[str, tuple[Name, ...]] = Field(default_factory=dict)
    tables: dict[str, tuple[Rule, ...]]


def read_rules(name: str) -> Rules:
    """The rules of one gate."""
    file = RULES / f"{name}.yml"
    try:
        return Rules.model_validate(read_yaml(file))
    except ValidationError as error:
        places = ", ".join(".".join(str(step) for step in item["loc"]) for item in error.errors())
        raise ExpectationError(f"expectations/rules/{file.name}: not understood at {places}; mend the rule") from None
