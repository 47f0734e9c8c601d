import { describe, expect, it } from 'vitest';
import { decide, email, journeyOf, pause, syntheticJourney, waitForClick } from '#test/builders/journeys';
import { sampleIds, sampleJourney } from '#test/builders/sample-journeys';
import { createPlan } from '../compile/plan.ts';
import { type Shape, sequenceBlock } from './layout.ts';
import { drawMermaid } from './mermaid.ts';
import { drawPicture } from './picture.ts';

const count = (svg: string, part: string): number => svg.split(part).length - 1;
const words = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('the picture of a journey', () => {
  it.each(sampleIds)('shows every step of %s, with each leaf and each end marked', (id) => {
    const svg = drawPicture(sampleJourney(id));
    const plan = createPlan(sampleJourney(id));

    for (const node of plan.nodes.keys()) if (node !== '#end') expect(svg).toContain(`data-step="${node}"`);
    expect(count(svg, 'class="wl-leaf"')).toBe(plan.leaves.length);
    expect(count(svg, 'class="wl-end"')).toBe(4);
  });

  it('has the objective as its root, with what starts and crowns a run', () => {
    const shown = words(drawPicture(sampleJourney('increase-engagement')));

    expect(shown).toContain('Increase Customer Engagement');
    expect(shown).toContain('Goal: event &quot;Order Completed&quot; within 30 days');
    expect(shown).toContain('Ends at once: event &quot;Account Closed&quot;');
  });

  it('draws actions, decisions, waits and exits in shapes of their own', () => {
    const svg = drawPicture(
      journeyOf([email('a'), pause('b'), decide('c', [{ id: 'd', type: 'exit' }], []), email('e')]),
    );

    expect(svg).toMatch(/<rect class="wl-action"[^>]*rx="10"/);
    expect(svg).toMatch(/<rect class="wl-wait"[^>]*rx="2[0-9.]*"/);
    expect(count(svg, '<polygon class="wl-decision"')).toBe(1);
    expect(count(svg, '<rect class="wl-exit"')).toBe(2);
  });

  it('joins ways where the journey goes on, and ends them where it does not', () => {
    const joins = drawPicture(journeyOf([decide('a', [email('b')], []), email('c')]));
    const ends = drawPicture(journeyOf([decide('a', [email('b')], [])]));

    expect([count(joins, 'class="wl-dot"'), count(joins, 'class="wl-end"')]).toEqual([1, 1]);
    expect([count(ends, 'class="wl-dot"'), count(ends, 'class="wl-end"')]).toEqual([0, 2]);
  });

  it('writes on the branches what was answered and when', () => {
    const shown = words(drawPicture(journeyOf([email('m'), waitForClick('a', 'm', [], [])])));

    expect(shown).toEqual(expect.arrayContaining(['Clicked', 'Silent', 'after 3 days']));
  });

  it('shows the way past a step with branches that may be skipped', () => {
    const svg = drawPicture(
      journeyOf([
        decide('a', [{ id: 'x', type: 'exit' }], [{ id: 'y', type: 'exit' }], { if: { tag: 'vip' } }),
      ]),
    );

    expect(words(svg)).toEqual(expect.arrayContaining(['skipped', 'only if has the tag &quot;vip&quot;']));
    expect(count(svg, 'class="wl-end"')).toBe(1);
  });

  it('reads variables as names', () => {
    const svg = drawPicture(
      journeyOf([{ id: 'a', type: 'sms', text: "{{ contact.firstName | default: 'Hi' }}, come" }]),
    );

    expect(words(svg)).toContain('SMS &quot;‹firstName›, come&quot;');
    const title =
      'Call {{ contact.firstName | default: contact.email }}{% if contact.company %} of {{ contact.company }}{% endif %}';
    const task = drawPicture(journeyOf([{ id: 'call', type: 'task', team: 'sales', title }]));
    expect(words(task).join(' ')).toContain('Call ‹firstName› of ‹company›');
  });
});

describe('a jump', () => {
  const loop = journeyOf([
    email('first'),
    pause('rest'),
    { id: 'again', type: 'goto', step: 'first', atMost: 2 },
    { id: 'back', type: 'goto', step: 'rest', atMost: 1 },
  ]);

  it('is joined with the step it goes to by a letter, as no line crosses half of the picture', () => {
    const letters = (step: string): string[] =>
      [
        ...(drawPicture(loop).match(new RegExp(`<g data-step="${step}">[^]*?</g>`))?.[0] ?? '').matchAll(
          /wl-connected"[^>]*>(\w+)</g,
        ),
      ].map(([, letter]) => letter ?? '');
    expect(['first', 'rest', 'again', 'back'].map(letters)).toEqual([['A'], ['B'], ['A'], ['B']]);
  });

  it('leads back in Mermaid', () => {
    expect(drawMermaid(loop)).toContain('s2 -. back .-> s0');
    expect(drawMermaid(loop)).not.toContain('|""|');
  });
});

describe('counts', () => {
  const journey = journeyOf([email('first'), decide('vip', [email('gift')], []), email('bye')]);

  it('stand with their share on the ways into steps and on the answers', () => {
    const counts = {
      entered: 1200,
      steps: { vip: 1100, bye: 900 },
      answers: { 'vip/Yes': 300, 'vip/No': 600 },
    };
    const shown = words(drawPicture(journey, { counts }));

    expect(shown).toEqual(
      expect.arrayContaining(['1,200', '1,100 · 92 %', '900 · 75 %', '300 · 33 %', '600 · 67 %']),
    );
  });

  it('are left out where none are known, and nought is a count', () => {
    const shown = words(drawPicture(journey, { counts: { answers: { 'vip/Yes': 0, constructor: 3 } } }));

    expect(shown).toContain('0');
    expect(shown.filter((text) => /^[\d,]+$/.test(text))).toEqual(['0']);
  });
});

describe('for every reader', () => {
  it('tells its name and the tree in words, and each card in full', () => {
    const long = 'A very long name of a step that no card has room for, which is cut there but not here';
    const svg = drawPicture(journeyOf([email('a', { name: long }), decide('b', [], [])]), {
      title: 'My tree',
    });

    expect(svg).toContain('role="img" aria-labelledby="wl-a-journey-title wl-a-journey-desc"');
    expect(svg).toContain('<title id="wl-a-journey-title">My tree</title>');
    expect(svg).toContain('Is it b?: Yes, or No.');
    expect(svg).toContain(`<title>${long}\n`);
    expect(words(svg)).not.toContain(long);
  });

  it('follows the light or dark of the page', () => {
    expect(drawPicture(journeyOf([email('a')]))).toContain('@media (prefers-color-scheme:dark)');
  });

  it.each(['<script>alert(1)</script>', `"'&<>`, '\u0000\u001b\ud800', ']]>', '{% $x %}'])(
    'stays well-formed whatever an author writes: %j',
    (text) => {
      const svg = drawPicture(
        journeyOf(
          [
            email('a', { name: text }),
            decide('b', [], [], { question: text }),
            { id: 'c', type: 'exit', as: text },
          ],
          {
            name: text,
            objective: text,
          },
        ),
        { title: text },
      );

      expect(openElements(svg)).toEqual([]);
      expect(svg).not.toContain('<script');
      expect([...svg].filter((sign) => sign < ' ' && sign !== '\n')).toEqual([]);
    },
  );
});

describe('the layout', () => {
  it.each([10, 50, 300])('of %i steps lets nothing overlap and no way cross a card', (steps) => {
    const plan = createPlan(syntheticJourney(steps));
    const drawing = { counts: { steps: { 'pause-2': 123_456_789 } }, isLeaf: () => true };
    const shapes = sequenceBlock(plan.steps, true, drawing).draw(0, 0);
    const boxes = shapes.flatMap(boxOf);

    expect(boxes.length).toBeGreaterThan(steps);
    for (const [i, box] of boxes.entries()) {
      expect(boxes.slice(i + 1).filter((other) => overlap(box, other))).toEqual([]);
      expect(shapes.flatMap(segmentsOf).filter((segment) => overlap(shrunk(box), segment))).toEqual([]);
    }
  });
});

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const shrunk = ({ left, right, top, bottom }: Box): Box => ({
  left: left + 1,
  right: right - 1,
  top: top + 1,
  bottom: bottom - 1,
});

const boxOf = (shape: Shape): Box[] => {
  const box = shape.kind === 'card' ? shape.card : shape.kind === 'chip' ? shape.chip : undefined;
  if (!box || (shape.kind !== 'card' && shape.kind !== 'chip')) return [];
  return [{ left: shape.x, right: shape.x + box.width, top: shape.y, bottom: shape.y + box.height }];
};

/** Each stretch of a way as a box as thin as its line. */
const segmentsOf = (shape: Shape): Box[] => {
  if (shape.kind !== 'way') return [];
  return shape.points.slice(1).map(([x, y], i) => {
    const [px, py] = shape.points[i] ?? [x, y];
    return {
      left: Math.min(x, px) - 0.5,
      right: Math.max(x, px) + 0.5,
      top: Math.min(y, py),
      bottom: Math.max(y, py) + 0.5,
    };
  });
};

/** Elements that are left open, or closed in the wrong order. */
const openElements = (svg: string): string[] => {
  const open: string[] = [];
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close && open.pop() !== name) return [`</${name}>`];
    if (!close && !self) open.push(name ?? '');
  }
  return svg.replace(/<\/?[a-z]+(?:\s[^<>]*)?>/g, '').match(/[<>]/) ? ['<'] : open;
};
