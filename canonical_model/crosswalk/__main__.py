"""Write docs/crosswalk.md anew."""

from pathlib import Path

from canonical_model.crosswalk.text import crosswalk

PAGE = Path(__file__).resolve().parents[2] / "docs" / "crosswalk.md"

if __name__ == "__main__":
    PAGE.write_text(crosswalk(), encoding="utf-8")
