### Shared by tray and window
