import type { HttpRequest } from '#http/request';

/**
 * Names of programs that fetch links and pictures unasked. Not here: `GoogleImageProxy` and
 * `YahooMailProxy`, which fetch when a person opens the mail.
 */
const programs =
  /bot\b|crawler|spider|slurp|preview|scanner|prefetch|barracuda|mimecast|proofpoint|symantec|messagelabs|fireeye|trendmicro|forcepoint|sophos|safelinks|linkcheck|urlscan|virustotal|headlesschrome|facebookexternalhit|skypeuripreview|slackbot|whatsapp|telegrambot/i;

/** Apple's Mail Privacy Protection gives this and no more, and fetches every picture in advance. */
const appleProxy = /^Mozilla\/5\.0$/;

/** See decisions/2026-11-22-machines-by-what-they-say.md. */
export const isMachine = ({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean => {
  const agent = headers['user-agent'] ?? '';
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''} ${headers['x-purpose'] ?? ''}`;
  return (
    method === 'HEAD' || programs.test(agent) || appleProxy.test(agent) || /prefetch|preview/i.test(purpose)
  );
};
