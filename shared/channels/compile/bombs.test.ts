import { describe, expect, it } from 'vitest';
import { hasErrors } from '#kernel/issue';
import { aClient } from '#test/builders/message-order';
import { compileTemplate } from '../compile-template.ts';

const long = (piece: string): string => piece.repeat(Math.floor(199_000 / piece.length));
const frame = (inner: string): string =>
  `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;

const compile = (body: object, parts: { layouts?: object; partials?: object } = {}) =>
  compileTemplate('bomb', { channel: 'email', subject: 'x', ...body }, aClient(), {
    parts: {
      layouts: new Map(Object.entries(parts.layouts ?? {})),
      partials: new Map(Object.entries(parts.partials ?? {})),
    },
    contactFields: new Set(['firstName']),
  });

const bombs: Record<string, [body: object, parts?: { layouts?: object; partials?: object }]> = {
  'outputs that are never closed': [{ text: long('{{ a ') }],
  'tags that are never closed': [{ text: long('{% render ') }],
  'raw that is never closed': [{ text: long('{% raw %}') }],
  'comments that are never closed': [{ html: long('<!-- ') }],
  'links that are never closed': [{ html: long('<a href="') }],
  'addresses with outputs that are never closed': [{ text: long('https://{{') }],
  'blanks taken away again and again': [{ text: long('{%- block x -%} ') }],
  'images without words': [{ html: long('<img src=a>') }],
  'attributes without end': [{ html: `<a ${long('b ')}>` }],
  'a partial that asks for much': [{ text: "{% render 'p' %}" }, { partials: { p: { text: long('{{ a') } } }],
  'a layout with many blocks': [
    { text: 'x', layout: 'l' },
    { layouts: { l: { text: `{% block content %}{% endblock %}${long('{% block b %}{% endblock %}')}` } } },
  ],
  'MJML in MJML in MJML': [{ mjml: frame(long('<mj-text>')) }],
};

describe('a template made to take long', () => {
  it.each(Object.entries(bombs))('ends soon: %s', async (_, [body, parts]) => {
    const start = performance.now();
    const { issues, template } = await compile(body, parts);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(issues.length).toBeLessThanOrEqual(500);
    expect(template === undefined).toBe(hasErrors(issues));
  });

  it('is refused though there are more warnings than anybody reads', async () => {
    const { issues, template } = await compile({ html: `${long('<img src=a>')}{{ contact.x | nothing }}` });
    expect([template, issues.some(({ code }) => code === 'invalid-liquid')]).toEqual([undefined, true]);
  });
});
