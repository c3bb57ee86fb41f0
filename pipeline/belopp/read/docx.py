"""DOCX by way of HTML: mammoth keeps the text as it would be with every tracked change accepted."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from belopp.read.page import Page

# Names of styles that Word writes in Swedish or that mammoth does not know by itself; tables of contents are left out.
_STYLES: Final = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Rubrik'] => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        *(f"p[style-name='Rubrik {level}'] => h{level}:fresh" for level in range(1, 7)),
        *(f"p[style-name='toc {level}'] => !" for level in range(1, 10)),
        *(f"p[style-name='TOC {level}'] => !" for level in range(1, 10)),
        "p[style-name='TOC Heading'] => !",
        "p[style-name='Quote'] => blockquote > p:fresh",
        "p[style-name='Intense Quote'] => blockquote > p:fresh",
        "p[style-name='Citat'] => blockquote > p:fresh",
    ]
)


def page_of(data: bytes) -> Page:
    """The text of a Word document and its blocks.

    What tracked changes delete or move away is not in it, nor is struck text, a comment, a header or a
    footer; what they insert is.
    """
    import mammoth

    from belopp.read import html

    made = mammoth.convert_to_html(
        BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda _image: {}),
    )
    return html.page_of(f"<body>{made.value}</body>")
