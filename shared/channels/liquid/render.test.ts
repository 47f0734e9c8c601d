import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentCache } from './cache.ts';
import { checkSyntax, createRenderer, MissingVariable, TemplateBroken, TemplateTooCostly } from './render.ts';
import { variablesIn } from './variables.ts';

const moment = { now: Date.UTC(2026, 2, 1, 12), zone: 'Europe/Berlin' };
const known = {
  contact: {
    firstName: 'Ada',
    tags: ['a', 'b'],
    empty: '',
    nothing: null,
    bad: '<script>"\'&',
    unseen: '\u200B \u2060\u3164',
    none: [],
    gaps: ['', null],
    groups: [['a', '']],
    companySize: 0,
  },
  trigger: {
    event: 'Order Completed',
    properties: {
      items: [{ name: 'Tea' }, { name: 'Mug' }],
      gaps: [{ name: '' }],
      at: '2026-07-01T20:30:00Z',
    },
  },
};
const text = (source: string): string => createRenderer(known, moment)('text', source);
const html = (source: string): string => createRenderer(known, moment)('html', source);

describe('rendering', () => {
  it('fills in variables, conditions and loops', () => {
    expect(text('Hi {{ contact.firstName }}{% if contact.vip %}!{% endif %}')).toBe('Hi Ada');
    expect(text('{% for i in trigger.properties.items %}{{ i.name }};{% endfor %}')).toBe('Tea;Mug;');
    expect(text("{{ contact.missing | default: 'friend' }}, {{ contact.companySize }}")).toBe('friend, 0');
  });

  it('escapes every output in HTML and none in text', () => {
    expect(html('{{ contact.bad }}')).toBe('&lt;script&gt;&#34;&#39;&amp;');
    expect(html('{{ contact.bad | escape }}')).toBe(html('{{ contact.bad }}'));
    expect(text('{{ contact.bad }}')).toBe(known.contact.bad);
  });

  it('escapes what is captured, assigned, joined and broken into lines', () => {
    const all = [
      '{% capture x %}{{ contact.bad }}{% endcapture %}{{ x }}',
      '{% assign x = contact.bad %}{{ x }}',
      '{{ contact.bad | newline_to_br }}',
      "{{ contact.bad | split: ',' | join: '' }}",
      '{{ contact.missing | default: contact.bad }}',
    ];
    for (const source of all) expect(html(source)).not.toMatch(/[<"']/);
  });

  it('offers no way around the escaping', () => {
    expect(() => html('{{ contact.bad | raw }}')).toThrow(TemplateBroken);
    expect(() => html('{% echo contact.bad %}')).toThrow(TemplateBroken);
  });

  it('tells times in the zone of the contact, and now as the time of the message', () => {
    expect(text("{{ trigger.properties.at | date: '%H:%M' }}")).toBe('22:30');
    expect(text("{{ 'now' | date: '%Y-%m-%d %H:%M' }}")).toBe('2026-03-01 13:00');
  });

  it('keeps a day the same day, and a time without an offset on the clock of the contact', () => {
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC']) {
      const told = (source: string) => createRenderer(known, { ...moment, zone })('text', source);
      expect(told("{{ '2026-05-31' | date: '%A %-d %B' }}")).toBe('Sunday 31 May');
      expect(told("{{ '2026-05-31' | date: '%-d %B', 'Asia/Tokyo' }}")).toBe('31 May');
      expect(told("{{ '2026-05-31T09:15' | date: '%-d %B %H:%M' }}")).toBe('31 May 09:15');
    }
  });
});

describe('a hole in a message', () => {
  const missing = (source: string): string => {
    try {
      return `rendered ${text(source)}`;
    } catch (error) {
      return error instanceof MissingVariable ? error.variable : `other ${error}`;
    }
  };

  it('refuses a variable that is absent, null or blank, and names it', () => {
    expect(missing('{{ contact.lastName }}')).toBe('contact.lastName');
    expect(missing('{{ contact.empty }}')).toBe('contact.empty');
    expect(missing('{{ contact.nothing | upcase }}')).toBe('contact.nothing');
    expect(missing('{{ contact.address.city }}')).toBe('contact.address');
    expect(missing('{{ results.crm.name }}')).toBe('results');
    expect(missing('{% for i in contact.orders %}{{ i }}{% endfor %}')).toBe('contact.orders');
    expect(missing('{% if true %}{{ contact.empty }}{% endif %}')).toBe('contact.empty');
    expect(missing('{% for t in contact.tags %}{{ contact.empty }}{% endfor %}')).toBe('contact.empty');
  });

  it.each([
    ['{% for t in contact.gaps %}{{ t }}{% endfor %}', 't'],
    ['{% for t in contact.gaps offset: 1 %}{{ t }}{% endfor %}', 't'],
    ['{% for i in trigger.properties.gaps %}{{ i.name }}{% endfor %}', 'i.name'],
    ['{% for i in trigger.properties.gaps %}{{ i.name | upcase }}{% endfor %}', 'i.name'],
    ['{% for i in trigger.properties.gaps %}{% assign n = i.name %}{{ n }}{% endfor %}', 'i.name'],
    ['{% assign all = trigger.properties.gaps %}{% for i in all %}{{ i.name }}{% endfor %}', 'i.name'],
    ['{% for g in contact.groups %}{% for t in g %}{{ t }}{% endfor %}{% endfor %}', 't'],
    ["{% for i in trigger.properties.gaps %}[{{ i.name | default: 'x' }}]{% endfor %}", 'rendered [x]'],
    ["{% assign own = 'a,,b' | split: ',' %}{% for t in own %}[{{ t }}]{% endfor %}", 'rendered [a][][b]'],
    [
      '{% for i in trigger.properties.gaps %}{% for i in (1..2) %}{{ i }}{% endfor %}{% endfor %}',
      'rendered 12',
    ],
  ])('of a list, refuses an item whose own value is blank: %s', (source, named) => {
    expect(missing(source)).toBe(named);
  });

  it('accepts a default, also an empty one, and a blank that the author made', () => {
    expect(missing("[{{ contact.empty | default: '' }}]")).toBe('rendered []');
    expect(missing("{% assign s = '' %}[{{ s }}]")).toBe('rendered []');
  });

  it.each([
    ['{% assign n = contact.lastName %}Hi {{ n }},', 'contact.lastName'],
    ['{% assign n = contact.empty %}Hi {{ n }},', 'contact.empty'],
    ['{% assign code = trigger.properties.code %}Your code is {{ code }}', 'trigger.properties.code'],
    ['{% assign n = contact.lastName | upcase %}{{ n }}', 'contact.lastName'],
    ["{% assign n = contact.lastName | append: '!' %}{{ n }}", 'contact.lastName'],
    ['{% assign n = contact.lastName %}{% assign m = n %}{{ m | downcase }}', 'contact.lastName'],
    ["{% assign n = contact.lastName %}{% assign n = n | append: '!' %}{{ n }}", 'contact.lastName'],
    ['{% assign l = contact.none %}{{ l | join }}', 'contact.none'],
    ["{% assign l = contact.firstName | split: 'Ada' | last %}{{ l }}", 'contact.firstName'],
    ['{% assign n = contact.lastName %}{% capture c %}{{ n }}{% endcapture %}{{ c }}', 'contact.lastName'],
    ['{% for i in trigger.properties.items %}{% assign s = i.size_of %}{{ s }}{% endfor %}', 'i.size_of'],
    ['{% assign n = contact.lastName | default: contact.empty %}{{ n }}', 'contact.empty'],
  ])('refuses the same under a name that was assigned: %s', (source, variable) => {
    expect(missing(source)).toBe(variable);
  });

  it.each([
    ["{% assign n = contact.lastName | default: 'you' %}{{ n }}", 'you'],
    ["{% assign n = contact.lastName | default: '' %}{{ n }}", ''],
    ["{% assign n = contact.lastName %}{{ n | default: 'you' }}", 'you'],
    ["{% assign n = contact.lastName | append: '!' %}{{ n | default: 'you' }}", 'you'],
    ['{% assign n = contact.lastName | default: contact.firstName %}{{ n }}', 'Ada'],
    ['{% assign n = contact.lastName %}{% if n %}{{ n }}{% endif %}', ''],
    ["{% assign n = contact.lastName %}{% unless n %}{% assign n = 'you' %}{% endunless %}{{ n }}", 'you'],
    ['{% assign n = contact.lastName %}{% capture n %}{% endcapture %}{{ n }}', ''],
    ['{% assign n = contact.lastName %}{% for n in contact.tags %}{{ n }}{% endfor %}', 'ab'],
    ['{% assign vip = contact.vip == true %}{{ vip }}', 'false'],
    ['{% assign l = contact.none %}{{ l | size }}', '0'],
    ['{% assign n = contact.companySize %}{{ n }}', '0'],
  ])('accepts what the author sees to: %s', (source, output) => {
    expect(missing(`[${source}]`)).toBe(`rendered [${output}]`);
  });

  it('refuses a default that has no value itself, where it is needed', () => {
    expect(missing('{{ contact.lastName | default: contact.empty }}')).toBe('contact.empty');
    expect(missing('{{ contact.lastName | default: contact.nick }}')).toBe('contact.nick');
    expect(missing('{{ contact.firstName | default: contact.nick }}')).toBe('rendered Ada');
    expect(missing("{{ contact.lastName | default: contact.nick | default: 'you' }}")).toBe('rendered you');
  });

  it('is not hidden by what stands around it', () => {
    expect(missing("{{ contact.empty | append: '!' }}")).toBe('contact.empty');
    expect(missing("{{ 'Hi ' | append: contact.empty }}")).toBe('contact.empty');
    expect(missing("{{ contact.lastName | append: '!' | default: 'you' }}")).toBe('rendered you');
    expect(missing('{{ contact.empty | size }}{{ contact.empty | json }}')).toBe('rendered 0""');
  });

  it('counts a text that nobody can see as blank', () => {
    expect(missing('{{ contact.unseen }}')).toBe('contact.unseen');
    expect(missing("{{ contact.unseen | default: 'you' }}")).toBe('rendered you');
  });

  it('sees only own properties', () => {
    for (const path of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(missing(`{{ contact.${path} }}`)).toBe(`contact.${path}`);
    expect(missing('{{ constructor }}')).toBe('constructor');
    expect(missing("{{ contact.firstName.constructor | default: 'none' }}")).toBe('rendered none');
  });
});

describe('bounds', () => {
  const doubling = `{% assign s = 'x' %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s | size }}`;
  const bombs: Record<string, string> = {
    'a million turns': '{% for i in (1..1000000) %}x{% endfor %}',
    'a billion turns': '{% for i in (1..1000000000) %}{% endfor %}',
    'loops in loops with nothing in them':
      '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}{% endfor %}{% endfor %}{% endfor %}',
    'a text that doubles': doubling,
    'a capture that doubles': `{% assign s = 'xxxxxxxxxx' %}${'{% capture s %}{{ s }}{{ s }}{% endcapture %}'.repeat(40)}`,
    'a huge output': `{% assign s = 'x' %}${'{% assign s = s | append: s %}'.repeat(15)}{% for i in (1..9999) %}{{ s }}{% endfor %}`,
    'many comparisons': `{% assign s = 'x' %}${'{% assign s = s | append: s %}'.repeat(15)}{% for i in (1..999) %}{% if ${"s contains 'y' or ".repeat(500)} false %}{% endif %}{% endfor %}`,
    'deep nesting': '{% if true %}'.repeat(4_000) + '{% endif %}'.repeat(900),
    'too many tags': '{{ contact.firstName }}'.repeat(6_000),
    'a huge source': ' {{ contact.firstName }}'.padEnd(500_000, 'x'),
    'a wide date': "{{ 'now' | date: '%9999999999Y' }}",
    'a long join': `{{ 'a' | append: '${'b,'.repeat(20_000)}' | split: ',' | join: '${'x'.repeat(9_000)}' }}`,
    'a replaced nothing': `{% assign s = '${'x'.repeat(40_000)}' %}{{ s | replace: '', s }}`,
  };
  for (const [name, source] of Object.entries(bombs))
    it(`refuses ${name}, and fast`, () => {
      const start = performance.now();
      let thrown: unknown;
      try {
        text(source);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toSatisfy((e) => e instanceof TemplateTooCostly || e instanceof TemplateBroken);
      expect(performance.now() - start).toBeLessThan(2_500);
    });

  it('shares one budget between the parts of a message', () => {
    const render = createRenderer(known, moment);
    const part = '{% for i in (1..80000) %}x{% endfor %}';
    render('text', part);
    expect(() => [2, 3, 4, 5, 6, 7, 8, 9].map(() => render('text', part))).toThrow(TemplateTooCostly);
  });

  it('refuses files, layouts and filters that evaluate text', () => {
    for (const source of [
      "{% include '/etc/passwd' %}",
      "{% render 'x' %}",
      "{% layout 'x' %}",
      "{{ contact.tags | where_exp: 'x', 'true' }}",
      '{{ contact.tags | sample }}',
    ])
      expect(() => text(source)).toThrow(TemplateBroken);
  });

  it('throws nothing but its own three errors, whatever the source', () => {
    const piece = fc.constantFrom(
      ...[
        '{{',
        '}}',
        '{%',
        '%}',
        ' if ',
        ' for i in ',
        'contact',
        '.firstName',
        "'",
        '|',
        ' default: ',
        '(1..3)',
        ' endif ',
      ],
      ...[
        ' endfor ',
        ' assign x = ',
        '-',
        '==',
        '{% raw %}',
        '\u2028',
        ' capture y ',
        '0',
        '[',
        ']',
        ' endcapture ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          html(pieces.join(''));
        } catch (error) {
          expect([MissingVariable, TemplateTooCostly, TemplateBroken].some((k) => error instanceof k)).toBe(
            true,
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the variables of a template', () => {
  it('tells all, those that must be there, and slips', () => {
    const source =
      "{{ contact.firstName | default: 'x' }} {{ contact.city }} {% if contact.vip %}{{ contact.level }}{% endif %}{% for p in trigger.properties.items %}{{ p.name }}{% endfor %}{{ contcat.x }}";
    expect(variablesIn(checkSyntax('text', source))).toEqual({
      all: ['contact.city', 'contact.firstName', 'contact.level', 'contact.vip', 'trigger.properties.items'],
      required: ['contact.city'],
      fallbacks: {},
      unknown: ['contcat.x'],
    });
  });
});

it('tells what is only the default of another', () => {
  const fallbacksOf = (source: string) => variablesIn(checkSyntax('text', source)).fallbacks;
  expect(fallbacksOf('{{ contact.nick | default: contact.firstName }}')).toEqual({
    'contact.firstName': 'contact.nick',
  });
  expect(fallbacksOf('{{ contact.nick | default: contact.firstName }} {{ contact.firstName }}')).toEqual({});
});

describe('the variables behind a name that was assigned', () => {
  const required = (source: string) => variablesIn(checkSyntax('text', source)).required;

  it.each([
    ['{% assign n = contact.firstName %}Hi {{ n }}', ['contact.firstName']],
    ['{% assign n = contact.firstName %}{% assign m = n | upcase %}{{ m }}', ['contact.firstName']],
    ['{% assign n = contact.firstName %}{% capture c %}{{ n }}{% endcapture %}', ['contact.firstName']],
    ['{% assign n = contact.nick | default: contact.firstName %}{{ n }}', ['contact.firstName']],
    ["{% assign n = 'Hi ' | append: contact.firstName %}{{ n }}", ['contact.firstName']],
    ['{% assign n = contact.a %}{% if data.x %}{% assign n = n | upcase %}{% endif %}{{ n }}', ['contact.a']],
  ])('must be there where it is printed: %s', (source, paths) => {
    expect(required(source)).toEqual(paths);
  });

  it.each([
    '{% assign n = contact.firstName %}',
    '{% assign n = contact.firstName %}{% if n %}{{ n }}{% endif %}',
    "{% assign n = contact.firstName | default: 'you' %}{{ n }}",
    "{% assign n = contact.firstName %}{{ n | default: 'you' }}",
    "{% assign n = contact.firstName %}{% unless n %}{% assign n = 'you' %}{% endunless %}{{ n }}",
    "{% if contact.a %}{% assign n = contact.a %}{% else %}{% assign n = 'you' %}{% endif %}{{ n }}",
    '{% assign n = contact.firstName %}{% for n in contact.tags %}{{ n }}{% endfor %}',
    "{% assign vip = contact.plan == 'gold' %}{{ vip }}",
  ])('need not be there: %s', (source) => {
    expect(required(source)).toEqual([]);
  });
});

describe('the cache of parsed templates', () => {
  it('forgets the oldest beyond its bounds and keeps what is used', () => {
    const cache = new RecentCache<number>(2, 100);
    let made = 0;
    const ask = (source: string): number => cache.get(source, () => ++made);
    ask('a');
    ask('b');
    ask('a');
    ask('c');
    expect(ask('a')).toBe(1);
    expect(ask('b')).toBe(4);
    ask('x'.repeat(200));
    expect(cache.size).toBe(0);
  });
});
