import { Icon } from './icon.tsx';

/** What will happen, one thing after the other. */
export const Points = ({ points }: { points: readonly string[] }) => (
  <ul className="points">
    {points.map((point) => (
      <li key={point}>
        <Icon name="forward" />
        <span>{point}</span>
      </li>
    ))}
  </ul>
);
