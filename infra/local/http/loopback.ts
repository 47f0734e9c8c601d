import type { IncomingMessage } from 'node:http';

/** An address or name that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);

/**
 * Came from this machine, and not by way of a page of a foreign site that a browser here shows:
 * such a page sends its origin, and a name that was made to lead here shows in `Host`.
 */
export const isFromThisMachine = ({ socket, headers }: IncomingMessage): boolean =>
  isLoopback(socket.remoteAddress ?? '') &&
  isLoopback(nameOf(`http://${headers.host ?? ''}`)) &&
  (headers.origin === undefined || isLoopback(nameOf(headers.origin)));

const nameOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
};
