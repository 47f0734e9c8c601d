import type { Issue } from '#kernel/issue';
import { Icon } from '../../../parts/icon.tsx';
import { words } from '../../../words/words.ts';

const said = words.journeys.edit;

/** All of them; a click goes to the line, the hint is one click away. */
export const IssueList = ({ issues, onGo }: { issues: readonly Issue[]; onGo(issue: Issue): void }) => (
  <ol className="issues">
    {issues.map((issue, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike in everything
      <li key={i} className="issue" data-severity={issue.severity}>
        <Icon name={issue.severity === 'error' ? 'error' : 'warn'} />
        <div>
          <button type="button" className="issue-go" onClick={() => onGo(issue)}>
            <span className="hidden">{said[issue.severity]}: </span>
            {issue.message}
          </button>
          <div className="row small faint">
            <span className="number">{placeOf(issue)}</span>
            <code>{issue.code}</code>
          </div>
          {issue.hint !== undefined && (
            <details>
              <summary>{said.hint}</summary>
              {issue.hint}
            </details>
          )}
        </div>
      </li>
    ))}
  </ol>
);

const placeOf = ({ file, line, column = 1 }: Issue): string =>
  [file, line === undefined ? undefined : said.place(line, column)].filter(Boolean).join(':');
