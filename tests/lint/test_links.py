"""The check of links finds what it is there to find."""

from pathlib import Path

from tests.lint.links import problems

README = """# Title
[a](docs/page.md), [b](docs/page.md#the-second-part), [c](#title), [d](https://example.org/x)
![picture](docs/gone.png) <img src="docs/gone.svg"> [e](docs/page.md#gone) [f]

[f]: gone.md
`[not](a-link.md)`
```
[nor](this.md)
```
"""


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    """Files, pictures, anchors and references are followed; code and the web outside are not."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# Page\n\n## The second part!\n[up](../README.md)")
    (tmp_path / "README.md").write_text(README)
    assert list(problems(tmp_path)) == [
        "README.md: docs/gone.png leads nowhere",
        "README.md: docs/gone.svg leads nowhere",
        "README.md: docs/page.md#gone leads nowhere",
        "README.md: gone.md leads nowhere",
    ]
