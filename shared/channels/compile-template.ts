import type { Issue } from '#kernel/issue';
import { hasErrors } from '#kernel/issue';
import type { Client } from '#model/client';
import type { CompiledTemplate } from '#model/journey';
import { type TemplateSource, templateSchema } from '#model/template';
import { checkLiquid } from './compile/check-liquid.ts';
import { htmlOfMjml } from './compile/mjml.ts';
import { textOfHtml } from './compile/plain-text.ts';
import { countSegments } from './sms/segments.ts';

export interface Compiled {
  /** Absent when there are errors. */
  template?: CompiledTemplate;
  issues: Issue[];
}

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A body as text; a file that nobody put in place is an error. */
const inlined = (path: string, body: unknown): { text?: string; issues: Issue[] } => {
  if (body === undefined || typeof body === 'string') return { text: body as string | undefined, issues: [] };
  const message = 'a file beside the document can be named only in a client folder';
  return {
    issues: [{ code: 'file-not-here', severity: 'error', path, message, hint: 'send the text itself' }],
  };
};

/** Gmail cuts longer mails off, with the unsubscribe link at their end. */
const clipped = (html: string): Issue[] => {
  if (Buffer.byteLength(html) <= 100_000) return [];
  const message = `the HTML has ${Math.ceil(Buffer.byteLength(html) / 1000)} KB; Gmail cuts mails off after 102 KB`;
  return [{ code: 'mail-clipped', severity: 'warning', path: '/mjml', message }];
};

type Email = Extract<TemplateSource, { channel: 'email' }>;
type Sms = Extract<TemplateSource, { channel: 'sms' }>;

const compileEmail = async (id: string, source: Email, client?: Client): Promise<Compiled> => {
  const [mjml, given, text] = [
    inlined('/mjml', source.mjml),
    inlined('/html', source.html),
    inlined('/text', source.text),
  ];
  const made = mjml.text === undefined ? undefined : await htmlOfMjml(mjml.text);
  const html = made?.html ?? given.text;
  const template: CompiledTemplate = {
    id,
    channel: 'email',
    subject: source.subject,
    ...(source.preheader === undefined ? {} : { preheader: source.preheader }),
    ...(html === undefined ? {} : { html }),
    text: text.text ?? textOfHtml(html ?? ''),
    ...(source.topic === undefined ? {} : { topic: source.topic }),
  };
  const issues = [...mjml.issues, ...given.issues, ...text.issues, ...(made?.issues ?? [])];
  if (hasErrors(issues)) return { issues };
  issues.push(
    ...checkLiquid('/subject', 'text', source.subject, client),
    ...checkLiquid('/preheader', 'text', source.preheader ?? '', client),
    ...(html === undefined ? [] : checkLiquid(made ? '/mjml' : '/html', 'html', html, client)),
    ...checkLiquid('/text', 'text', text.text ?? '', client),
    ...clipped(html ?? ''),
  );
  return { template, issues };
};

/** One letter outside GSM-7 more than doubles what a text costs, and nobody sees it. */
const costly = (text: string): Issue[] => {
  if (countSegments(text).encoding === 'GSM-7') return [];
  const letters = [...new Set(text)].filter((letter) => countSegments(letter).encoding === 'UCS-2');
  const message = `${letters.map((l) => `"${l}"`).join(', ')} cut each paid part from 160 to 70 characters`;
  return [{ code: 'sms-costly-letters', severity: 'warning', path: '/text', message }];
};

const compileSms = (id: string, source: Sms, client?: Client): Compiled => {
  const { text, issues } = inlined('/text', source.text);
  if (text === undefined) return { issues };
  const topic = source.topic === undefined ? {} : { topic: source.topic };
  return {
    template: { id, channel: 'sms', text, ...topic },
    issues: [...checkLiquid('/text', 'text', text, client), ...costly(text)],
  };
};

/**
 * From a template as a marketer writes it to one that only needs Liquid. Loads MJML: for uploads and
 * publishing, never for the function that sends.
 * @param source the document, `{ "file": … }` bodies already replaced by their text
 * @param client lets slips in `links.*` and `brand.*` be found
 */
export const compileTemplate = async (id: string, source: unknown, client?: Client): Promise<Compiled> => {
  const parsed = templateSchema.safeParse(source);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      (i): Issue => ({
        code: i.code.replaceAll('_', '-'),
        severity: 'error',
        path: pointer(i.path),
        message: i.message,
      }),
    );
    return { issues };
  }
  const { data } = parsed;
  const compiled =
    data.channel === 'email' ? await compileEmail(id, data, client) : compileSms(id, data, client);
  return hasErrors(compiled.issues) ? { issues: compiled.issues } : compiled;
};
