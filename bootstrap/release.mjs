import { main } from './main.mjs';

void main(() => import('./commands/release.mjs'));
