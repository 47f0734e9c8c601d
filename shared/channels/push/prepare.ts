import { createLinks } from '../links.ts';
import { createRenderer } from '../liquid/render.ts';
import type { MessageOrder, PushMessage } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, oneLine, variablesOf } from '../variables.ts';

/** Apple and Google take 4,096 bytes for everything, as JSON; ours stay below with room for what they add. */
const maxTitle = 200;
const maxBody = 1_500;
const maxBytes = 3_800;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** As much of the text as there is room for, as JSON. */
const fitted = (text: string, room: number): string => {
  const letters = [...text];
  let size = bytesOf(text);
  // Without the two quotes around it.
  while (size > room && letters.length > 0) size -= bytesOf(letters.pop()) - 2;
  return letters.join('');
};

/** The contact's platform endpoint in the client's own account: what came from a website chooses no other ARN. */
const endpointOf = ({ contact, client }: MessageOrder): string => {
  const { pushEndpoint } = contact;
  const own = new RegExp(
    `^arn:aws[a-z-]*:sns:${client.region}:${client.account}:endpoint/[A-Z_]{2,20}/[A-Za-z0-9_.-]{1,256}/[a-f0-9-]{36}$`,
  );
  if (typeof pushEndpoint === 'string' && own.test(pushEndpoint)) return pushEndpoint;
  throw new Skip('no-address', 'contact.pushEndpoint is no SNS platform endpoint of this account and Region');
};

/** `{{ links.shop }}` is a page of the client, by its name alone: no other text chooses where a touch leads. */
const destinationOf = (link: string, { client }: MessageOrder): string => {
  const page = /^\{\{ ?links\.(\w+) ?\}\}$/.exec(link)?.[1];
  if (page === undefined) return link;
  const address = Object.hasOwn(client.links, page) ? client.links[page] : undefined;
  if (address === undefined) throw new Skip('missing-variable', `links.${page}`);
  return address;
};

/** An opened link is a click like one in a mail. */
const linkOf = (order: MessageOrder): string | undefined => {
  const { link, keys, settings, sendId, topic, now } = order;
  return link === undefined
    ? undefined
    : createLinks(keys, settings.baseUrl, {
        ...{ sendId, channel: 'push', madeAt: now },
        ...(topic === undefined ? {} : { topic }),
      }).click(destinationOf(link, order));
};

export const preparePush = (order: MessageOrder): PushMessage => {
  const render = createRenderer(variablesOf(order), momentOf(order));
  const title = oneLine(render('text', order.subject ?? ''), maxTitle);
  const text = render('text', order.text ?? '')
    .trim()
    .slice(0, maxBody)
    .toWellFormed();
  if (!title || !text) throw new Skip('template-failed', 'the title or the text is empty');
  const link = linkOf(order);
  const rest = { title, sendId: order.sendId, ...(link === undefined ? {} : { link }) };
  const body = fitted(text, maxBytes - bytesOf(rest));
  if (!body) throw new Skip('template-failed', 'the link leaves no room for the text');
  return {
    channel: 'push',
    sendId: order.sendId,
    to: endpointOf(order),
    subject: title,
    text: body,
    ...(link === undefined ? {} : { link }),
  };
};
