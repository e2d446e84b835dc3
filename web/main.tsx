import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import '@mantine/core/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startTexts } from './shared/texts/start-texts.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('the page has no root');
await startTexts();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
