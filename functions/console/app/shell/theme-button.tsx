import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { words } from '../words/words.ts';
import { keepTheme, nextTheme, readTheme, type Theme } from './theme.ts';

const icons: Readonly<Record<Theme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' };

export const ThemeButton = () => {
  const [theme, set] = useState(readTheme);
  const label = `${words.shell.theme.label}: ${words.shell.theme[theme]}`;
  return (
    <Button
      tone="plain"
      onlyIcon
      aria-label={label}
      title={label}
      onClick={() => {
        keepTheme(nextTheme(theme));
        set(nextTheme(theme));
      }}
    >
      <Icon name={icons[theme]} />
    </Button>
  );
};
