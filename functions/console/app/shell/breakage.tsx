import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { words } from '../words/words.ts';

const { broken, notLoaded, again } = words.common;

/** As browsers say that the code of a page did not come. */
const isNotLoaded = (error: unknown): boolean =>
  error instanceof TypeError && /import|module|fetch/i.test(error.message);

/** The browser's own page of a server that is away has no way back here. */
const loadOnceAnswered = async (): Promise<void> => {
  const answered = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined);
  if (answered) location.reload();
};

/** A page that breaks leaves the others whole. Also where its code does not come, or a newer console took it away. */
export class Breakage extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? true };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const missing = isNotLoaded(error);
    const { title, text } = missing ? notLoaded : broken;
    return (
      <div role="alert">
        <Empty icon={missing ? 'offline' : 'error'} title={title} text={text}>
          <Button onClick={missing ? () => void loadOnceAnswered() : () => location.reload()}>
            {missing ? again : broken.reload}
          </Button>
        </Empty>
      </div>
    );
  }
}
