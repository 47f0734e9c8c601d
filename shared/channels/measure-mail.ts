import type { Client } from '#model/client';
import type { CompiledTemplate } from '#model/journey';
import { describeTemplate } from './describe-template.ts';
import { renderMail } from './email/prepare.ts';
import type { MessageOrder } from './order.ts';

type Tree = { [name: string]: Tree | string };

/** An example of each value that a template reads, as long as such values are. */
const exampleOf = (paths: readonly string[]): Tree => {
  const whole: Tree = {};
  for (const path of paths) {
    const names = path.split(/[.[\]]+/).filter((name) => name !== '');
    let at = whole;
    for (const name of names.slice(0, -1)) {
      const next = at[name];
      const inner = typeof next === 'object' ? next : {};
      at[name] = inner;
      at = inner;
    }
    at[names.at(-1) ?? ''] ??= 'Example value';
  }
  return whole;
};

/** Keys of nobody: the links lead nowhere. */
export const nobodysKeys: MessageOrder['keys'] = {
  current: 'example',
  byKid: { example: new Uint8Array(32) },
};

/** What nobody can say before there is a run: a message that is not part of any. */
export const outsideOfRuns = (id: string): Pick<MessageOrder, 'sendId' | 'contactId' | 'run' | 'step'> => {
  const nobody = '0'.repeat(20);
  return {
    ...{ sendId: `${nobody}-${nobody}`, contactId: nobody, step: id },
    run: { id: `${nobody}-${nobody}`, journey: 'preview', journeyName: 'Preview', version: 0 },
  };
};

/** Of a link that counts clicks, beyond the address itself. */
const linkBytes = 250;

const exampleOrder = (template: CompiledTemplate, client: Client): MessageOrder => {
  const { contact, trigger, results, data } = exampleOf(describeTemplate(template).variables);
  return {
    ...outsideOfRuns(template.id),
    ...{ channel: 'email', class: 'marketing', template, client, keys: nobodysKeys, now: 0 },
    contact: { ...(contact as Tree), email: 'someone@example.com' },
    trigger: { event: 'Example', type: 'track', properties: {}, ...(trigger as Tree) },
    results: results as Tree,
    data: data as Tree,
    settings: {
      baseUrl: 'https://abcdefghij.execute-api.eu-central-1.amazonaws.com',
      ...{ sesConfigurationSet: '', teamTopicPrefix: '' },
    },
  };
};

/** Bytes of the HTML as it is sent, with an example of each value; a guess where examples do not do. */
export const measureMail = (template: CompiledTemplate, client: Client): number => {
  try {
    return Buffer.byteLength(renderMail(exampleOrder(template, client)).html ?? '');
  } catch {
    const { html = '' } = template;
    return Buffer.byteLength(html) + linkBytes * (html.match(/\bhref=/gi)?.length ?? 0);
  }
};
