import { createRoot } from 'react-dom/client';
import { App } from './app';
import './style.css';

// Without StrictMode, which would connect, end the session and connect again.
createRoot(document.getElementById('root')!).render(<App />);
