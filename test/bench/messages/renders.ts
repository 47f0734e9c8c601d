import { Liquid, type Template } from 'liquidjs';
import MailComposer from 'nodemailer/lib/mail-composer';
import { compileTemplate } from '#channels/compile-template';
import type { MessageOrder } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { readClientFolder, templateParts } from '#infra/client-folder';
import { clientSchema } from '#model/client';
import type { CompiledTemplate } from '#model/journey';
import { median, rounded, type Table } from '../section.ts';
import { orderFor, templateId } from './client.ts';

export interface Renders {
  ours: number[];
  plain: number[];
}

export const compiled = async (): Promise<CompiledTemplate> => {
  const folder = readClientFolder('acme');
  const { template, issues } = await compileTemplate(
    templateId,
    folder.templates[templateId],
    clientSchema.parse(folder.client),
    { parts: templateParts(folder) },
  );
  if (!template) throw new Error(JSON.stringify(issues));
  return template;
};

/** The libraries as they come: no bounds, no signed links, no check for holes, the composer's own bytes. */
const plainMail = (template: CompiledTemplate): ((order: MessageOrder) => Promise<Uint8Array>) => {
  const liquid = new Liquid();
  const parts = ['subject', 'html', 'text'] as const;
  const parsed = parts.map((part): Template[] => liquid.parse(template[part] ?? ''));
  return async ({ contact, client, now }) => {
    const links = {
      ...client.links,
      unsubscribe: 'https://t.acme.example/u/1',
      preferences: 'https://t.acme.example/p/1',
    };
    const brand = { ...client.brand, postalAddress: client.postalAddress };
    const [subject, html, text] = await Promise.all(
      parsed.map(
        (part) =>
          liquid.render(part, { contact, links, brand, journey: { name: 'Bench' } }) as Promise<string>,
      ),
    );
    return new MailComposer({
      ...{ from: client.sender.address, to: String(contact.email), date: new Date(now) },
      ...{ subject: subject ?? '', html: html ?? '', text: text ?? '' },
    })
      .compile()
      .build();
  };
};

/** @returns mails a second, one after the other */
const timed = async (seconds: number, make: (n: number) => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  let made = 0;
  while (performance.now() - begin < 1000 * seconds) await make(made++);
  return (1000 * made) / (performance.now() - begin);
};

/** In turn, so that a busy moment of the machine falls on both. */
export const measureRenders = async (rounds: number, seconds: number): Promise<Renders> => {
  const template = await compiled();
  const orders = Array.from({ length: 100 }, (_, n) => orderFor(n, template));
  const plain = plainMail(template);
  const ours = (n: number) => prepareMessage(orders[n % 100]!);
  const found: Renders = { ours: [], plain: [] };
  for (let round = 0; round <= rounds; round++) {
    const [one, other] = [await timed(seconds, ours), await timed(seconds, (n) => plain(orders[n % 100]!))];
    if (round === 0) continue;
    found.ours.push(one);
    found.plain.push(other);
  }
  return found;
};

export const renderTable = ({ ours, plain }: Renders): Table => ({
  title: `Mails made per second by one processor, medians of ${ours.length} rounds in turn (template "${templateId}")`,
  header: ['', 'per second', 'ms each'],
  rows: [
    ['liquidjs and nodemailer as they come', rounded(median(plain)), rounded(1000 / median(plain))],
    [
      'wayleaf: bounded, no holes, signed links, headers',
      rounded(median(ours)),
      rounded(1000 / median(ours)),
    ],
    ['ratio (median of rounds)', rounded(renderRatio({ ours, plain })), ''],
  ],
});

export const renderRatio = ({ ours, plain }: Renders): number =>
  median(ours.map((each, i) => each / (plain[i] ?? Number.NaN)));
