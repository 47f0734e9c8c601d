export const session = {
  title: 'Sign in',
  lead: 'Paste your token. It stays in this browser tab and is forgotten when you close it.',
  token: 'Token',
  hint: 'On this machine, npm start prints it. In your company, an administrator makes one for you.',
  enter: 'Sign in',
  checking: 'Checking …',
  empty: 'Paste a token first.',
  refused: 'This token is not known, or it was withdrawn. Check that all of it was copied.',
  wrongForm: 'A token has no spaces or line breaks within. Copy it again, all of it and nothing else.',
  ended: 'Your session ended: the token was withdrawn or has run out. Sign in again.',
  out: 'Sign out',
  show: 'Show the token',
};
