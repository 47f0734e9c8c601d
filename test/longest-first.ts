import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, first: begun last, one processor would wait for it. */
const longest = [
  'test/browser/',
  'test/faults/kill.test.ts',
  'test/scenarios/reordered-stream.test.ts',
  'test/differential/differential.test.ts',
  'infra/cli/wayleaf.test.ts',
  'test/differential/planted-errors.test.ts',
  'test/faults/',
  'test/infra/',
  'test/',
  'infra/cli/',
  'infra/',
];

/** On a machine without times of an earlier run vitest goes by the size of a file, which says little. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId);
      const found = longest.findIndex((start) => path.startsWith(start));
      return found < 0 ? longest.length : found;
    };
    // Files of one project in a row: its processes go on from one to the next.
    const byRank = (a: TestSpecification, b: TestSpecification): number =>
      a.project.name.localeCompare(b.project.name) || rank(a) - rank(b);
    return sorted.toSorted(byRank);
  }
}
