import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Answer, decode, encode, type Question } from 'dns-packet';

/** What a name has, by type; `SERVFAIL` and `SILENCE` for servers that fail. */
export type Zone = Readonly<
  Record<string, { TXT?: string[]; MX?: [number, string][]; CNAME?: string } | 'SERVFAIL' | 'SILENCE'>
>;

/** A name server on loopback that knows this zone and nothing else. */
export const openNameServer = async (zone: Zone) => {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, { port, address }) => {
    const { id = 0, questions = [] } = decode(message);
    const [question] = questions;
    if (!question) return;
    asked.push(`${question.type} ${question.name}`);
    const known = zone[question.name.toLowerCase()];
    if (known === 'SILENCE') return;
    const answers = typeof known === 'object' ? answersOf(question, known) : [];
    const rcode = known === 'SERVFAIL' ? 2 : known === undefined ? 3 : 0;
    socket.send(encode({ type: 'response', id, flags: 0x8180 | rcode, questions, answers }), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
};

/** Texts longer than 255 bytes are cut into strings, as zones hold them. */
const answersOf = (
  { name, type }: Question,
  { TXT = [], MX = [], CNAME }: Exclude<Zone[string], string>,
): Answer[] => {
  if (type === 'TXT')
    return TXT.map((text) => ({ type: 'TXT', name, ttl: 60, data: text.match(/.{1,255}/g) ?? [''] }));
  if (type === 'MX')
    return MX.map(([preference, exchange]) => ({
      type: 'MX',
      name,
      ttl: 60,
      data: { preference, exchange },
    }));
  return type === 'CNAME' && CNAME ? [{ type: 'CNAME', name, ttl: 60, data: CNAME }] : [];
};
