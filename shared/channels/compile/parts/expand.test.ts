import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf } from '../weave.ts';
import { expand } from './expand.ts';
import type { BodyForm, Parts } from './parts.ts';

const partsOf = (layouts: Record<string, unknown> = {}, partials: Record<string, unknown> = {}): Parts => ({
  layouts: new Map(Object.entries(layouts)),
  partials: new Map(Object.entries(partials)),
});
const put = (
  text: string,
  parts: Parts,
  { layout, language, form = 'text' }: { layout?: string; language?: string; form?: BodyForm } = {},
) => expand({ document: '', path: `/${form}`, text }, form, { parts, layout, language });
const made = (...args: Parameters<typeof put>): string => {
  const { weave, findings } = put(...args);
  expect(findings).toEqual([]);
  return weave.text;
};
const wrong = (...args: Parameters<typeof put>): string[] =>
  put(...args).findings.map(({ code, message }) => `${code} ${message}`);

describe('a layout', () => {
  const layouts = {
    main: {
      text: 'Top\n{% block content %}nothing{% endblock %}\n-- {% block why %}you asked{% endblock %}',
    },
  };

  it('stands around a body, which fills its blocks', () => {
    expect(made('\n\nHi\n', partsOf(layouts), { layout: 'main' })).toBe('Top\nHi\n-- you asked');
    expect(made('{% block why %}because{% endblock %}\nHi\n', partsOf(layouts), { layout: 'main' })).toBe(
      'Top\nHi\n-- because',
    );
    expect(made('One\n{% block why %}x{% endblock %}Two', partsOf(layouts), { layout: 'main' })).toBe(
      'Top\nOne\nTwo\n-- x',
    );
  });

  it('keeps what it says itself where the template says nothing', () => {
    expect(made('{% block why %}{% endblock %}', partsOf(layouts), { layout: 'main' })).toBe(
      'Top\nnothing\n-- ',
    );
  });

  it('is taken in the language of the template, else as it is', () => {
    const spoken = {
      main: { ...layouts.main, languages: { de: { text: 'Oben {% block content %}{% endblock %}' } } },
    };
    expect(made('Hi', partsOf(spoken), { layout: 'main', language: 'de-AT' })).toBe('Oben Hi');
    expect(made('Hi', partsOf(spoken), { layout: 'main', language: 'fr' })).toBe('Top\nHi\n-- you asked');
  });

  it('leaves texts that only look like tags alone', () => {
    const raw = '{% raw %}{% block x %}{% endraw %}{% comment %}{% render y %}{% endcomment %}';
    expect(made(raw, partsOf(layouts), { layout: 'main' })).toBe(`Top\n${raw}\n-- you asked`);
  });
});

describe('a partial', () => {
  const greet = { greet: { text: 'Dear {{ name }}{% if title %} ({{ title }}){% endif %}\n' } };

  it('stands where it is named, without the last line of its file', () => {
    const sign = partsOf({}, { sign: { text: 'Mara\nAcme\n' } });
    expect(made("Hi {% render 'sign' %}!", sign)).toBe('Hi Mara\nAcme!');
    expect(made('Hi  {%- render "sign" -%}\n\n!', sign)).toBe('HiMara\nAcme!');
  });

  it('gets values: texts as they are, names as they are read later', () => {
    const parts = partsOf({}, greet);
    expect(made("{% render 'greet', name: 'you' %}", parts)).toBe(
      'Dear you{% if nil %} ({{ nil }}){% endif %}',
    );
    expect(made("{% render 'greet', name: contact.firstName, title: 'Dr.' %}", parts)).toBe(
      "Dear {{ contact.firstName }}{% if 'Dr.' %} (Dr.){% endif %}",
    );
  });

  it('hands values on to partials in it, and takes no value for a name of its own', () => {
    const parts = partsOf(
      {},
      {
        outer: {
          text: "{% for name in contact.tags %}{{ name }}{% endfor %}{% render 'inner', word: label %}",
        },
        inner: { text: '[{{ word | upcase }} {{ contact.word }}]' },
      },
    );
    expect(made("{% render 'outer', label: 'x' %}", parts)).toBe(
      "{% for name in contact.tags %}{{ name }}{% endfor %}[{{ 'x' | upcase }} {{ contact.word }}]",
    );
  });

  it('in HTML has its texts escaped', () => {
    const parts = partsOf({}, { go: { html: '<a href="{{ link }}">{{ label }}</a>' } });
    const body = `{% render 'go', link: links.a, label: '<b> & "you"' %}`;
    expect(made(body, parts, { form: 'html' })).toBe(
      '<a href="{{ links.a }}">&lt;b&gt; &amp; &quot;you&quot;</a>',
    );
  });

  it('refuses Liquid in a value, circles and bombs', () => {
    const parts = partsOf(
      {},
      {
        ...greet,
        a: { text: "{% render 'b' %}" },
        b: { text: "{% render 'a' %}" },
        ...Object.fromEntries(
          Array.from({ length: 7 }, (_, i) => [`d${i}`, { text: `{% render 'd${i + 1}' %}`.repeat(9) }]),
        ),
        d7: { text: 'x' },
      },
    );
    expect(made("{% render 'greet', name: '{{ contact.x }}', title: 1 %}", parts)).not.toContain(
      'Dear {{ contact.x }}',
    );
    expect(wrong("{% render 'a' %}", parts)).toEqual([
      'invalid-render partial "a" takes itself in: a → b → a',
    ]);
    const start = performance.now();
    expect(wrong("{% render 'd0' %}", parts)).toEqual([
      'invalid-render the partials make the message too long',
    ]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('a place', () => {
  it('is where it was written, whatever stands around it', () => {
    const parts = partsOf(
      { main: { text: 'one\ntwo {% block content %}{% endblock %}\nthree LAYOUT' } },
      { sign: { text: 'four\nfive PARTIAL' } },
    );
    const { weave } = put("\nsix BODY\n{% render 'sign' %}\nseven END", parts, { layout: 'main' });
    const placeOf = (word: string) => {
      const spot = weave.spotAt(weave.text.indexOf(word))!;
      return { document: spot.source.document, ...positionOf(spot) };
    };
    expect(['LAYOUT', 'PARTIAL', 'BODY', 'END'].map(placeOf)).toEqual([
      { document: 'layouts/main', line: 3, column: 7 },
      { document: 'partials/sign', line: 2, column: 6 },
      { document: '', line: 2, column: 5 },
      { document: '', line: 4, column: 7 },
    ]);
  });
});

it('ends for every text, and never throws', () => {
  const piece = fc.constantFrom(
    ...[
      '{% render ',
      "'a'",
      '%}',
      '{% block ',
      'x',
      ' %}',
      '{% endblock %}',
      '{%-',
      '-%}',
      ', b: ',
      'c.d',
      '"',
    ],
    ...['{% raw %}', '{% endraw %}', '{{ b }}', '\n', 'content', '%', '{'],
  );
  const parts = partsOf(
    { l: { text: '{% block content %}{% endblock %}{{ b }}' } },
    { a: { text: '{{ b }} {% block q %}' } },
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, hasLayout) => {
      const { weave } = put(pieces.join(''), parts, hasLayout ? { layout: 'l' } : {});
      expect(weave.text.length).toBeLessThan(10_000);
    }),
    { numRuns: 500 },
  );
});
