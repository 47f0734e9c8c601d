import { Problem } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/confirm.tsx';
import { Note } from '../../parts/note.tsx';
import { words } from '../../words/words.ts';

const said = words.documents;

/** Why it was not saved; where somebody else was faster, theirs is one click away. */
export const Refused = ({ error, onLoad }: { error: Error; onLoad(): void }) => {
  if (!(error instanceof Problem) || error.status !== 412) return <FailureNote error={error} />;
  return (
    <Note tone="warn">
      <p>{said.conflict}</p>
      <div className="row">
        <Button onClick={onLoad}>{said.theirs}</Button>
      </div>
    </Note>
  );
};
