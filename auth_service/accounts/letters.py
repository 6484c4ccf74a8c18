"""The mails auth sends. None repeats what a stranger typed in a form: it would carry his words to anybody he names."""

from html import escape

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
