"""Who may start with what, on which day, and why: dated rules, three answers, one tree for one person, a million people and SQL."""

from opstap.engine.eligibility.columns import Column, encode_dates, encode_flags, encode_people, encode_texts
from opstap.engine.eligibility.decide import decide
from opstap.engine.eligibility.decide_many import decide_instruments, decide_many
from opstap.engine.eligibility.explain import question_code, question_fact
from opstap.engine.eligibility.facts import FACT_TYPES, FactKind, Facts, FactType, FactValue, check_facts, facts_as_json, facts_from_json
from opstap.engine.eligibility.load import load_rulesets
from opstap.engine.eligibility.parameters import Confidence, DatedValue, Parameter, ParameterChange, ParameterUsed, ParameterValue, Unit
from opstap.engine.eligibility.rehearse import Effect, Example, InstrumentRehearsal, Rehearsal, rehearse
from opstap.engine.eligibility.results import Answer, Change, ChangeKind, ConditionResult, Result
from opstap.engine.eligibility.rulebook import Condition, RuleBook, Ruleset, canonical_bytes, facts_read
from opstap.engine.eligibility.rules import RuleError
from opstap.engine.eligibility.sql import SqlColumn, SqlConstant, SqlExpr, sql_condition

__all__ = [
    "FACT_TYPES",
    "Answer",
    "Change",
    "ChangeKind",
    "Column",
    "Condition",
    "ConditionResult",
    "Confidence",
    "DatedValue",
    "Effect",
    "Example",
    "FactKind",
    "FactType",
    "FactValue",
    "Facts",
    "InstrumentRehearsal",
    "Parameter",
    "ParameterChange",
    "ParameterUsed",
    "ParameterValue",
    "Rehearsal",
    "Result",
    "RuleBook",
    "RuleError",
    "Ruleset",
    "SqlColumn",
    "SqlConstant",
    "SqlExpr",
    "Unit",
    "canonical_bytes",
    "check_facts",
    "decide",
    "decide_instruments",
    "decide_many",
    "encode_dates",
    "encode_flags",
    "encode_people",
    "encode_texts",
    "facts_as_json",
    "facts_from_json",
    "facts_read",
    "load_rulesets",
    "question_code",
    "question_fact",
    "rehearse",
    "sql_condition",
]
