import { describe, expect, it } from 'vitest';
import { decide, email, journeyOf, pause } from '#test/builders/journeys';
import { drawMermaid } from './mermaid.ts';

describe('the Mermaid chart', () => {
  it('holds the same steps and answers', () => {
    const chart = drawMermaid(journeyOf([email('hello'), pause('rest'), decide('vip', [email('gift')], [])]));

    expect(chart).toBe(`flowchart TD
  root(["See what happens"]) --> s0
  s0["Hello<br/>e-mail #34;welcome#34;"]
  s1(["Rest<br/>wait 2 days"])
  s2{{"Is it vip?"}}
  s3["Gift<br/>e-mail #34;welcome#34;"]
  s4((" "))
  s0 --> s1
  s1 --> s2
  s2 -->|"Yes"| s3
  s2 -->|"No"| s4
  s3 --> s4
`);
  });

  it('lets no text of an author end its quotes', () => {
    const chart = drawMermaid(journeyOf([email('a', { name: '"] --> x; click x "javascript:1"' })]));

    expect(chart).not.toContain('"] --> x');
    expect(chart.split('\n')).toHaveLength(6);
  });
});
