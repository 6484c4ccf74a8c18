"""The mails auth sends. None repeats what a stranger typed in a form: it would carry his words to anybody he names.

What members say to each other is no such form: who is written to is in the room.
"""

from html import escape

from clubkit.contracts.chat import MessagesMissed, MissedRoom
from clubkit.mail.port import Letter


def verify(to: str, base_url: str, token: str) -> Letter:
    return _letter(
        to,
        "Confirm your address",
        "Somebody, hopefully you, asked for an account with this address. Open the link within 24 hours to begin.",
        ("Confirm and sign in", f"{base_url}/verify?token={token}"),
        "If it was not you, leave this mail alone: without the link there is no account.",
    )


def already_a_member(to: str, base_url: str) -> Letter:
    return _letter(
        to,
        "You already have an account",
        "Somebody, hopefully you, asked for an account with this address. There is one already: just sign in.",
        ("Sign in", f"{base_url}/sign-in"),
        f"Forgotten the password? Choose a new one at {base_url}/reset. If it was not you, nothing has changed.",
    )


def reset(to: str, base_url: str, token: str) -> Letter:
    return _letter(
        to,
        "Choose a new password",
        "Somebody, hopefully you, asked for a new password. Open the link within one hour to choose it.",
        ("Choose a new password", f"{base_url}/reset?token={token}"),
        "If it was not you, leave this mail alone: your password stays as it is.",
    )


def password_changed(to: str, base_url: str) -> Letter:
    return _letter(
        to,
        "Your password was changed",
        "The password of your account was changed just now, and other devices were signed out.",
        ("Not you? Choose a new one", f"{base_url}/reset"),
        "If it was you, there is nothing to do.",
    )


def missed(to: str, base_url: str, what: MessagesMissed) -> Letter:
    """What a member missed in chat. Quotes members of her rooms, whom she chose to hear; never in the subject."""
    times = sum(room.times for room in what.rooms)
    off = f"{base_url}/api/v1/chat/mail/off?token={what.off}"
    lines = [_missed_line(base_url, room) for room in what.rooms]
    more = f"And {what.more} more rooms: {base_url}/chat" if what.more else ""
    text = "\n\n".join(["Hello,", "While you were away:", *(line for line, _ in lines), *([more] if more else [])])
    html = "".join(html for _, html in lines) + (f"<p>{escape(more)}</p>" if more else "")
    return Letter(
        to=to,
        subject=f"{times} message{'s' if times != 1 else ''} for you",
        text=f"{text}\n\nNo more of these mails:\n{off}\n\nClubHoloHub\n",
        html=(
            '<div style="font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:auto;padding:1.5rem">'
            f"<p>Hello,</p><p>While you were away:</p>{html}"
            f'<p style="font-size:13px"><a href="{escape(off)}">No more of these mails</a></p><p>ClubHoloHub</p></div>'
        ),
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _missed_line(base_url: str, room: MissedRoom) -> tuple[str, str]:
    """As text, and as HTML."""
    url = f"{base_url}/chat/{room.room_id}"
    often = f" ({room.times})" if room.times > 1 else ""
    said = f"{room.author_name}: {room.preview}" if room.author_name else "The message was deleted meanwhile."
    said = " ".join(said.split())
    html = f'<p><a href="{escape(url)}"><b>{escape(room.title)}</b></a>{often}<br>{escape(said)}</p>'
    return f"{room.title}{often}\n{said}\n{url}", html


def _letter(to: str, subject: str, opening: str, link: tuple[str, str], closing: str) -> Letter:
    words, url = link
    text = f"Hello,\n\n{opening}\n\n{words}:\n{url}\n\n{closing}\n\nClubHoloHub\n"
    html = (
        '<div style="font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:auto;padding:1.5rem">'
        f"<p>Hello,</p><p>{escape(opening)}</p>"
        f'<p><a href="{escape(url)}" style="display:inline-block;padding:.7rem 1.2rem;border-radius:.6rem;'
        f'background:#16382c;color:#fff;text-decoration:none">{escape(words)}</a></p>'
        f"<p>{escape(closing)}</p><p>ClubHoloHub</p></div>"
    )
    return Letter(to=to, subject=subject, text=text, html=html)
