import { words } from '../words/words.ts';

/** Where something will stand, so that nothing moves when it comes. */
export const Bones = ({ rows = 4, tall = false }: { rows?: number; tall?: boolean }) => (
  <div className="bones" role="status">
    <span className="hidden">{words.common.loading}</span>
    {Array.from({ length: rows }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <div key={i} className="bone" data-tall={tall || undefined} />
    ))}
  </div>
);
