"""Mails saved as a file (.eml): the text of the mail and its attachments. Nothing that it points to is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

HEAD = 16_000  # bytes in which the headers of a mail are looked for
MOST_PARTS = 500
BODY = "邮件正文"
UNNAMED = "附件"

_HEADERS = re.compile(rb"(?:[!-9;-~]{2,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_SENDER = re.compile(rb"^From:", re.I | re.M)
_SENT = re.compile(rb"^(?:To|Received|Message-ID|Return-Path):", re.I | re.M)


def is_mail(content: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail that was sent; a saved web page has none of a sending."""
    head = _HEADERS.match(content[:HEAD])
    return bool(head and _SENDER.search(head[0]) and _SENT.search(head[0]))


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the mail's text (as a page where it has one, for its tables) and of what is attached.

    Raises ValueError, LookupError or a MessageError for a mail that is broken.
    """
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("html", "plain"))
    if body is not None:
        kind = "html" if body.get_content_subtype() == "html" else "txt"
        yield f"{BODY}.{kind}", _text_of(body).encode()
    for index, part in enumerate(message.walk()):
        if index >= MOST_PARTS:
            return
        attached = part.get_content_disposition() == "attachment" or (part.get_filename() and not _is_inside(part))
        payload = part.get_payload(decode=True) if attached and part is not body else None
        if isinstance(payload, bytes):
            yield part.get_filename() or UNNAMED, payload


def _is_inside(part: MIMEPart) -> bool:
    """A picture that the text shows in itself: a letterhead, a sign."""
    return part.get_content_maintype() == "image" and "Content-ID" in part


def _text_of(body: MIMEPart) -> str:
    """The text in the encoding it names; where that is unknown or wrong, in GB18030, which such mails mean."""
    payload = body.get_payload(decode=True)
    assert isinstance(payload, bytes)
    for encoding in (body.get_content_charset() or "utf-8", "utf-8", "gb18030"):
        try:
            return payload.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return payload.decode("gb18030", "replace")
