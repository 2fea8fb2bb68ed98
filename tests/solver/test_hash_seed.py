"""The same scenario makes the same model in every process, however Python orders its sets."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import hashlib
from plsched.solver.index.build import build_problem
from plsched.solver.model import build_model
from plsched.solver.proto import whole_model
from tests.solver.generated import generated

for seed in (3, 11, 28, 60, 111):  # 28: grade levels out at a time, by observation days
    model = whole_model(build_model(build_problem(generated(seed))).rows)
    print(seed, hashlib.sha256(str(model.proto).encode()).hexdigest())
"""


def models(hash_seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_models_do_not_depend_on_the_order_of_sets() -> None:
    assert models("1") == models("2")
