import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A build is for use whoever starts it: tests would get React's own development build.
process.env.NODE_ENV = 'production';

/** `npm run build:web` writes `web/dist`; the manifest tells what each screen loads first. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    // The policy of the server lets no page bring its own files inside the script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
