import type { Issue } from '#kernel/issue';
import { words } from '../words/words.ts';
import { Icon } from './icon.tsx';

/** What is wrong with something that has no lines; each where it is, and what to do. */
export const Issues = ({ issues }: { issues: readonly Issue[] }) => {
  if (issues.length === 0) return null;
  return (
    <ul className="points" aria-label={words.common.issues}>
      {issues.map((issue, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike in everything
        <li key={i} data-severity={issue.severity}>
          <Icon name={issue.severity === 'error' ? 'error' : 'warn'} />
          <div className="column-tight">
            <span>
              {issue.path !== '' && <code>{issue.path}</code>} {issue.message}
            </span>
            {issue.hint !== undefined && <span className="small soft">{issue.hint}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
};
