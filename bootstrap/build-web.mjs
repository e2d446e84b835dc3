import { main } from './main.mjs';

void main(() => import('./commands/build-web.mjs'));
