import { words } from '../words/words.ts';
import { Button } from './button.tsx';
import { describeFailure } from './describe-failure.ts';
import { Empty } from './empty.tsx';

export interface FailedProps {
  error: unknown;
  onAgain?: (() => void) | undefined;
}

/** In place of what could not be read. */
export const Failed = ({ error, onAgain }: FailedProps) => {
  const { icon, title, text, again } = describeFailure(error);
  return (
    <div role="alert">
      <Empty icon={icon} title={title} text={text}>
        {again && onAgain && <Button onClick={onAgain}>{words.common.again}</Button>}
      </Empty>
    </div>
  );
};
