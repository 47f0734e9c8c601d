/** A template document, as JSON text where JSON itself is the bomb. */
export type Source = Record<string, unknown> | string;

const mail = (html: string, more: object = {}): Source => ({
  channel: 'email',
  subject: 'Hi',
  html,
  ...more,
});
const mjml = (body: string): Source => ({ channel: 'email', subject: 'Hi', mjml: body });
const inBody = (inner: string): Source =>
  mjml(`<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`);
const text = (body: string): Source => ({ channel: 'email', subject: 'Hi', text: body });

const doubling = (times: number): string =>
  `{% assign s = 'x' %}${'{% assign s = s | append: s %}'.repeat(times)}`;
const entities = `<!DOCTYPE x [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]>`;

/** Refused when they are uploaded, each with the codes of its errors. */
export const refusedAtUpload: Readonly<Record<string, [source: Source, status: number, codes: string[]]>> = {
  'a file of the machine': [mail("{% include '/etc/passwd' %}"), 422, ['invalid-liquid']],
  'a partial of elsewhere': [mail("{% render '../../etc/passwd' %}"), 422, ['unknown-partial']],
  'a partial that there is not': [mail("{% render 'nothing' %}"), 422, ['unknown-partial']],
  'a layout by a tag': [mail("{% layout '/etc/passwd' %}"), 422, ['invalid-liquid']],
  'a layout that there is not': [mail('<p>x</p>', { layout: 'nothing' }), 422, ['unknown-layout']],
  'a body in a file': [mail('', { html: { file: 'x.html' } }), 422, ['file-not-here']],
  'a body in a file above': [mail('', { html: { file: '../../client.json' } }), 422, ['invalid-format']],
  'an include of MJML': [inBody('<mj-include path="/etc/passwd" />'), 422, ['mjml-include']],
  'an include of MJML from elsewhere': [
    inBody('<mj-include path="https://evil.example/x.mjml" />'),
    422,
    ['mjml-include'],
  ],
  'an include of MJML in capitals': [
    inBody('<MJ-INCLUDE path="/etc/passwd" type="css" />'),
    422,
    ['mjml-include'],
  ],
  'a filter that evaluates text': [
    mail("{{ contact.tags | where_exp: 'x', 'true' }}"),
    422,
    ['invalid-liquid'],
  ],
  'a filter that draws at random': [mail('{{ contact.tags | sample }}'), 422, ['invalid-liquid']],
  'a filter by a regular expression': [
    mail("{{ contact.firstName | replace_regex: '(a+)+$', 'x' }}"),
    422,
    ['invalid-liquid'],
  ],
  'a tag that counts over messages': [mail('{% increment visits %}'), 422, ['invalid-liquid']],
  'a tag that makes tables': [mail('{% tablerow x in (1..9) %}{% endtablerow %}'), 422, ['invalid-liquid']],
  'a tag that is not closed': [mail('{% if contact.vip %}never'), 422, ['invalid-liquid']],
  'a variable of the machine': [mail('{{ process.env.HOME }}'), 422, ['unknown-variable']],
  'a variable of the language': [
    mail("{{ constructor.constructor | default: 'x' }}"),
    422,
    ['unknown-variable'],
  ],
  'too many tags': [mail('{{ contact.firstName }}'.repeat(6_000)), 422, ['invalid-liquid']],
  'deep nesting': [
    mail('{% if true %}'.repeat(4_000) + '{% endif %}'.repeat(4_000)),
    422,
    ['invalid-liquid'],
  ],
  'a body without end': [mail('x'.repeat(200_001)), 422, ['too-big']],
  'a subject in two lines': [mail('<p>x</p>', { subject: 'Hi\r\nBcc: eve@evil.example' }), 422, ['custom']],
  'a subject without end': [mail('<p>x</p>', { subject: 'x'.repeat(501) }), 422, ['too-big']],
  'two kinds of body': [mail('<p>x</p>', { mjml: '<mjml></mjml>' }), 422, ['custom']],
  'no body': [{ channel: 'email', subject: 'Hi' }, 422, ['custom']],
  'a member that there is not': [
    mail('<p>x</p>', { attachments: ['/etc/passwd'] }),
    422,
    ['unrecognized-keys'],
  ],
  'what is no MJML': [mjml('<html>x</html>'), 422, ['invalid-mjml']],
  'MJML within itself': [
    inBody('<mj-section><mj-column>'.repeat(400) + '</mj-column></mj-section>'.repeat(400)),
    422,
    ['too-deep'],
  ],
  'HTML within itself': [mail('<div>'.repeat(20_000)), 422, ['too-deep']],
  'Liquid between elements': [
    mjml('<mjml><mj-body>{% for i in (1..9) %}<mj-section></mj-section>{% endfor %}</mj-body></mjml>'),
    422,
    ['liquid-between-elements', 'liquid-between-elements'],
  ],
  'a member that reaches into the prototype': [
    '{"channel":"email","subject":"Hi","html":"x","__proto__":{"layout":"x"}}',
    400,
    ['forbidden-key'],
  ],
  'a member twice': ['{"channel":"email","subject":"Hi","html":"x","html":"y"}', 400, ['duplicate-key']],
  'JSON as deep as a well': [
    `{"channel":"email","subject":"Hi","html":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    400,
    ['too-deep'],
  ],
  'half a letter': ['{"channel":"email","subject":"Hi \\ud800","html":"x"}', 400, ['lone-surrogate']],
  'no JSON': ['<mjml></mjml>', 400, ['not-json']],
};

/** Taken, and left out when somebody would get them: reason and detail. */
export const leftOut: Readonly<Record<string, [source: Source, reason: string, detail: string]>> = {
  'a million turns': [
    text('{% for i in (1..1000000) %}x{% endfor %}'),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a billion turns': [
    text('{% for i in (1..1000000000) %}{% endfor %}x'),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'loops in loops with nothing in them': [
    text(
      '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}{% endfor %}{% endfor %}{% endfor %}x',
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a text that doubles': [
    text(`${doubling(40)}{{ s | size }}`),
    'template-failed',
    'a value in the template is longer than 50000 characters',
  ],
  'a capture that doubles': [
    text(`{% assign s = 'xxxxxxxxxx' %}${'{% capture s %}{{ s }}{{ s }}{% endcapture %}'.repeat(40)}{{ s }}`),
    'template-failed',
    'a captured text is too long',
  ],
  'an output without end': [
    text(`${doubling(15)}{% for i in (1..9999) %}{{ s }}{% endfor %}`),
    'template-failed',
    'the message is longer than 1000000 characters',
  ],
  'many comparisons': [
    text(
      `${doubling(15)}{% for i in (1..999) %}{% if ${"s contains 'y' or ".repeat(500)} false %}{% endif %}{% endfor %}x`,
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a very wide date': [
    text("{{ 'now' | date: '%9999999999Y' }}"),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a very long format of a date': [
    text(`{{ 'now' | date: '${'%Y'.repeat(80)}' }}`),
    'template-failed',
    'a date format has at most 100 characters',
  ],
  'a join that multiplies': [
    text(`{{ '${'b,'.repeat(20_000)}' | split: ',' | join: '${'x'.repeat(9_000)}' }}`),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'nothing replaced by much': [
    text(`${doubling(15)}{{ s | replace: '', s }}`),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a loop over letters': [
    text(
      `${doubling(15)}{% assign l = s | split: '' %}{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}x`,
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a sort in a loop': [
    text(
      `${doubling(15)}{% assign l = s | split: '' %}{% for a in l %}{% assign m = l | sort %}{% endfor %}x`,
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'tags that never close, for a filter': [
    text(
      `{% assign s = '<' %}${'{% assign s = s | append: s %}'.repeat(15)}{% for i in (1..999) %}{{ s | strip_html }}{% endfor %}`,
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'blanks for a filter that looks back': [
    text(
      `{% assign s = ' ' %}${'{% assign s = s | append: s %}'.repeat(15)}{% for i in (1..999) %}{{ s | append: 'x' | normalize_whitespace }}{% endfor %}`,
    ),
    'template-failed',
    'the template does too much work: use fewer or shorter loops',
  ],
  'a variable without value': [text('Hi {{ contact.middleName }}'), 'missing-variable', 'contact.middleName'],
  'the prototype of a contact': [
    text('Hi {{ contact.__proto__.polluted }}'),
    'missing-variable',
    'contact.__proto__',
  ],
  'the maker of a contact': [text('Hi {{ contact.constructor }}'), 'missing-variable', 'contact.constructor'],
  'a whole contact': [
    text('Hi {{ contact }}'),
    'template-failed',
    'the template prints an object where text is wanted',
  ],
  'an address that cannot be decoded': [
    text("Hi {{ '%E0%A4%A' | url_decode }}"),
    'template-failed',
    'URI malformed',
  ],
  'an empty subject': [
    { channel: 'email', subject: "{{ contact.x | default: '' }}", text: 'x' },
    'template-failed',
    'the subject is empty',
  ],
};

/** Taken, and harmless: what a contact of these fields gets holds the one text and not the other. */
export const harmless: Readonly<
  Record<string, [source: Source, fields: object, holds: string, lacks: string]>
> = {
  'half of an MJML': [mjml('<mjml><mj-body><mj-section>'), {}, '</html>', '<mj-'],
  'entities that multiply': [
    mjml(
      `${entities}<mjml><mj-body><mj-section><mj-column><mj-text>&a8;</mj-text></mj-column></mj-section></mj-body></mjml>`,
    ),
    {},
    '&a8;',
    'lol',
  ],
  'Liquid in a name': [
    mail('<p>Hi {{ contact.firstName }}</p>'),
    { firstName: '{{ brand.name }}{% raw %}' },
    'Hi {{ brand.name }}{% raw %}',
    'Hi Acme',
  ],
  'markup in a name': [
    mail('<p>Hi {{ contact.firstName }}</p>'),
    { firstName: '<img src=x onerror=alert(1)>' },
    'Hi &lt;img src=x onerror=alert(1)&gt;',
    '<img src=x',
  ],
  'the end of an attribute in a name': [
    mail('<a href="https://www.acme.example/?n={{ contact.firstName }}">x</a>'),
    { firstName: '" onclick="alert(1)' },
    '</a>',
    'onclick="',
  ],
  'a giant name': [
    mail('<p>Hi {{ contact.firstName | truncate: 20 }}</p>'),
    { firstName: 'x'.repeat(40_000) },
    'Hi xxxxxxxxxxxxxxxxx...',
    'x'.repeat(50),
  ],
  'a comment that hides the rest': [
    mail('<p>Hi {{ contact.firstName }}</p>'),
    { firstName: '<!--' },
    'Hi &lt;!--',
    '<!--',
  ],
};
