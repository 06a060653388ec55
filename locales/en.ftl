### Shared by tray and window

### Window: frame

window-name = Pachca Status
window-pages = Sections
window-skip-to-content = Skip to content
window-messages = Messages
window-close = Close
window-cancel = Cancel
window-save = Save
window-try-again = Try again
window-to-account = Open Account
window-to-diagnostics = Open Diagnostics
window-to-preferences = Open Preferences
window-undo = Undo
window-copy-what = Copy { $what }
window-copied = Copied
window-copy-failed = Could not copy: the system did not give access to the clipboard.
window-toast-has-action = “{ $action }” is available.
window-error-internal = Something went wrong inside the app. Copy the report on the Diagnostics page and send it to the developers.
window-details = Details
window-server-says = Server’s answer
window-http-status = Response code
window-request-id = Request number for support
window-loading = Loading
window-not-connected = Not connected
window-link-none = Paste a token
window-link-unknown = Connecting
window-link-online = Online
window-link-trouble = No connection
window-link-paused = The server asks to wait
window-link-attention = Needs attention

page-status = Status
page-presets = Presets
page-profile = Profile
page-account = Account
page-preferences = Preferences
page-diagnostics = Diagnostics
