import { Link, useLocation } from 'wouter';
import { type NavGroup, type PageEntry, pages } from '../pages/registry.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useSession } from '../session/session.tsx';
import { words } from '../words/words.ts';
import { isWithin } from './is-within.ts';
import { ThemeButton } from './theme-button.tsx';

const groups = Object.keys(words.shell.groups) as NavGroup[];

export const Navigation = ({ open, onChosen }: { open: boolean; onChosen(): void }) => {
  const { me, may, signOut } = useSession();
  const [path] = useLocation();
  const shown = pages.filter(({ needs }) => may(needs));
  return (
    <nav className="side" data-open={open || undefined} id="side" aria-label={words.shell.navigation}>
      <Link href="/" className="brand" onClick={onChosen}>
        <img src="/favicon.svg" alt="" />
        <span>
          {words.shell.product}
          <small>{me.client}</small>
        </span>
      </Link>
      <div>
        {groups.map((group) => (
          <Group
            key={group}
            name={words.shell.groups[group]}
            pages={shown.filter((page) => page.group === group)}
            path={path}
            onChosen={onChosen}
          />
        ))}
      </div>
      <div className="side-foot">
        <div className="who">
          <span className="who-name small">
            <strong>{me.name}</strong>
            <span className="faint">{words.common.roles[me.role]}</span>
          </span>
          <ThemeButton />
          <Button
            tone="plain"
            onlyIcon
            aria-label={words.session.out}
            title={words.session.out}
            onClick={signOut}
          >
            <Icon name="leave" />
          </Button>
        </div>
      </div>
    </nav>
  );
};

interface GroupProps {
  name: string;
  pages: readonly PageEntry[];
  path: string;
  onChosen(): void;
}

const Group = ({ name, pages: shown, path, onChosen }: GroupProps) => {
  if (shown.length === 0) return null;
  return (
    <div className="nav-group">
      <p className="nav-title">{name}</p>
      <ul className="nav">
        {shown.map((page) => (
          <li key={page.path}>
            <Link
              href={page.path}
              className="nav-link"
              onClick={onChosen}
              aria-current={isWithin(path, page.path) ? 'page' : undefined}
            >
              <Icon name={page.icon} />
              {page.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};
