import { main } from './main.mjs';

void main(() => import('./commands/start.mjs'));
