"""`followthrough explain`: what it says of a saying of the sample world."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from click.testing import CliRunner

from followthrough import cli

if TYPE_CHECKING:
    from tests.conftest import SampleRegister


def explain(register: SampleRegister, name: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--data", str(register.folder), "explain", name])
    return done.exit_code, done.output


def test_every_saying_of_a_commitment_is_explained_from_its_sentence_to_each_field(
    sample_register: SampleRegister,
) -> None:
    with sqlite3.connect(sample_register.folder / "followthrough.db") as database:
        name, quote, why, rule = database.execute(
            "SELECT commitment, quote, why, timing_rule FROM statements WHERE latest IS NOT NULL AND length(quote) < 70"
            " AND commitment IN (SELECT id FROM commitments WHERE times_said = 1) ORDER BY id LIMIT 1"
        ).fetchone()
    database.close()
    code, said = explain(sample_register, name)
    plain = " ".join(said.split())
    assert code == 0
    assert plain.startswith(f"{name}, saying ")
    for part in ("sentence", "cues", "score", "owner", "firmness", "novelty", "action", "about"):
        assert f"\n  {part}" in said
    assert f"quote {' '.join(quote.split())}" in plain
    assert " ".join(why.split()) in plain
    assert f"rule {rule}," in plain
    assert explain(sample_register, name.removeprefix("FT-")) == (code, said)


def test_an_id_that_is_not_there_is_one_sentence_and_exit_code_one(sample_register: SampleRegister) -> None:
    assert explain(sample_register, "FT-99999") == (
        1,
        "Error: there is no commitment and no saying with the id 'FT-99999' in the register.\n",
    )
