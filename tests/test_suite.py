"""What the suite as a whole relies on."""

import os
import subprocess
import sys
from pathlib import Path

BODY = """
import os, pathlib, pytest

@pytest.mark.spark
@pytest.mark.parametrize("case", range(4))
def test_spark(case):
    with pathlib.Path("workers.txt").open("a") as stream:
        stream.write(os.environ["PYTEST_XDIST_WORKER"] + chr(10))
"""


def test_spark_tests_stay_on_one_worker(tmp_path: Path) -> None:
    """Two Java machines at once would fight for the memory of a small computer."""
    own = Path(__file__).parent
    (tmp_path / "tests" / "seeds").mkdir(parents=True)
    for name in ("conftest.py", "seeds/requirements.csv"):
        (tmp_path / "tests" / name).write_bytes((own / name).read_bytes())
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / "tests" / name).write_text(BODY)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    spark: Java\n    seed: numbers\n")
    options = ["-q", "-n", "2", "--dist", "loadgroup", "-p", "no:django"]
    # Java need not be there: the tests only say on which worker they ran.
    environment = {**os.environ, "JAVA_HOME": "anywhere"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(set((tmp_path / "workers.txt").read_text().split())) == 1
