import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { Gate } from './gate.tsx';
import { NowhereScreen } from './nowhere-screen.tsx';

const root = createRootRoute({ component: Gate, notFoundComponent: NowhereScreen });

const todayRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../features/today/today-screen.tsx'), 'TodayScreen'),
});

const bulletinsRoute = createRoute({
  getParentRoute: () => root,
  path: '/bulletins',
  component: lazyRouteComponent(
    () => import('../features/bulletins/bulletins-screen.tsx'),
    'BulletinsScreen',
  ),
});

const villageRoute = createRoute({
  getParentRoute: () => root,
  path: '/village',
  component: lazyRouteComponent(
    () => import('../features/village/village-screen.tsx'),
    'VillageScreen',
  ),
});

const logsRoute = createRoute({
  getParentRoute: () => root,
  path: '/logs',
  component: lazyRouteComponent(() => import('../features/logs/logs-screen.tsx'), 'LogsScreen'),
});

const verdictsRoute = createRoute({
  getParentRoute: () => root,
  path: '/verdicts',
  component: lazyRouteComponent(
    () => import('../features/verdicts/verdicts-screen.tsx'),
    'VerdictsScreen',
  ),
});

const reconciliationRoute = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation',
  component: lazyRouteComponent(
    () => import('../features/reconciliation/reconciliation-screen.tsx'),
    'ReconciliationScreen',
  ),
});

const rulesRoute = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('../features/rules/rules-screen.tsx'), 'RulesScreen'),
});

const speakersRoute = createRoute({
  getParentRoute: () => root,
  path: '/speakers',
  component: lazyRouteComponent(
    () => import('../features/speakers/speakers-screen.tsx'),
    'SpeakersScreen',
  ),
});

const usersRoute = createRoute({
  getParentRoute: () => root,
  path: '/users',
  component: lazyRouteComponent(() => import('../features/users/users-screen.tsx'), 'UsersScreen'),
});

const settingsRoute = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(
    () => import('../features/settings/settings-screen.tsx'),
    'SettingsScreen',
  ),
});

const emergenciesRoute = createRoute({
  getParentRoute: () => root,
  path: '/emergencies',
  component: lazyRouteComponent(
    () => import('../features/emergencies/emergencies-screen.tsx'),
    'EmergenciesScreen',
  ),
});

const tree = root.addChildren([
  todayRoute,
  bulletinsRoute,
  villageRoute,
  logsRoute,
  verdictsRoute,
  reconciliationRoute,
  rulesRoute,
  speakersRoute,
  settingsRoute,
  emergenciesRoute,
  usersRoute,
]);

/** Every screen by its address; each loads by itself when it is first shown. */
export const createConsoleRouter = () => createRouter({ routeTree: tree });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
