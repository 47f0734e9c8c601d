import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadPageAt } from './pages/registry.ts';
import { applyTheme, readTheme } from './shell/theme.ts';

applyTheme(readTheme());

const place = document.getElementById('app');
if (place)
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
loadPageAt(location.pathname);
