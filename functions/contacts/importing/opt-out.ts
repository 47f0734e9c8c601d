/** Lower case, letters and digits only, without accents: `Désabonné le` is `desabonnele`. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const what = 'emails?|mails?|emailings?|newsletters?|marketing|sms|texts?|push|consent|einwilligung';
/** English, German, French, as exports of other systems and people write it. */
const left = [
  ...['unsubscribed?', 'unsub', 'opt(?:ed)?out', 'donot(?:e?mail|text)', 'withdrawn', 'revoked'],
  ...['abgemeldet', 'abmeldung', 'abmelde', 'abbestellt', 'ausgetragen', 'widerrufen', 'widersprochen'],
  ...['desinscrit', 'desinscription', 'desabonnee?', 'desabonnement'],
].join('|');
const when = 'at|on|am|le|date|time|datetime|timestamp|datum|zeit|flag';
const optOut = new RegExp(
  `^(?:is|has|was|global|date|datum)?(${what})?(?:${left})(?:(?:of|from|von|vom|de)?(?:all)?(${what})?)(?:${when})?$`,
);

const channelOf = (named = ''): string =>
  /^(?:sms|text)/.test(named) ? 'sms' : named === 'push' ? 'push' : 'email';

/** The channel of which a column with this heading says who left it; when does not matter. */
export const optedOutOf = (heading: string): string | undefined => {
  const found = optOut.exec(plain(heading));
  return found ? channelOf(found[1] ?? found[2]) : undefined;
};

const mayBe =
  /unsub|opt(?:ed)?out|donot(?:e?mail|text|contact)|blacklist|blocklist|suppress|abmeld|abgemeldet|abbestell|widerruf|widerspr|desinscri|desabonn/;

/** Who left may stand there, or why, or a link: nobody guesses. */
export const maySayOptedOut = (heading: string): boolean => mayBe.test(plain(heading));
