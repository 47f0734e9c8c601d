import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { words } from '../words/words.ts';

/** A page that breaks leaves the others whole. Also where a newer console took its files away. */
export class Breakage extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { title, text, reload } = words.common.broken;
    return (
      <div role="alert">
        <Empty icon="error" title={title} text={text}>
          <Button onClick={() => location.reload()}>{reload}</Button>
        </Empty>
      </div>
    );
  }
}
