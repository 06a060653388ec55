### Window: frame

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

## Window: lengths of time and rules

duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-minutes = { $hours } h { $minutes } min
duration-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
duration-days-hours = { $days ->
    [one] { $days } day { $hours } h
   *[other] { $days } days { $hours } h
}
expiry-end_of_workday = End of the working day
expiry-end_of_day = End of the day
expiry-tomorrow_morning = Tomorrow morning
expiry-next_working_morning = Next working morning
expiry-minutes = Other duration
expiry-at = Date and time
expiry-ask_date = Ask for the date
expiry-never = No end
expiry-minutes-label = How many minutes
expiry-minutes-unit = minutes
expiry-date-label = End date
expiry-time-label = End time
expiry-rule-never = no end
expiry-rule-end_of_workday = until the end of the working day
expiry-rule-end_of_day = until the end of the day
expiry-rule-tomorrow_morning = until tomorrow morning
expiry-rule-next_working_morning = until the next working morning
expiry-rule-ask_date = asks for the date
expiry-rule-at = until { $when }

### Window: Status

status-heading = Your status now
status-none = No status
status-none-about = Colleagues see only your name. Pick a preset or compose a status of your own.
status-unknown = Your status is not known yet
status-unknown-about = We will check as soon as Pachca answers.
status-no-end = no end
status-left = { $duration } left
status-left-moment = less than a minute
status-away = Away
status-clear = Clear status
status-refresh = Check now
status-seen = Checked { $when }
status-stale = No connection, may have changed. Checked { $when }
status-undo = Back to { $emoji } { $title }
status-undo-none = Back to no status
status-now-set = Status is set: { $emoji } { $title }
status-now-clear = Status cleared
status-line = { $emoji } { $title }
status-line-until = { $emoji } { $title } · { $until }
status-line-none = no status
status-nobody = Your status will be here
status-nobody-about = Connect Pachca once, and your status is one click away in the tray.
status-connect = Connect Pachca
extend-heading = Extend
extend-15 = +15 min
extend-30 = +30 min
extend-60 = +1 h
extend-workday = Until the end of the working day
pending-sending = Sending: { $emoji } { $title }
pending-sending-clear = Clearing the status
pending-waiting = Waiting to be sent
pending-waiting-title = Waiting to be sent: { $status }
pending-waiting-soon = It will be sent as soon as possible.
pending-waiting-saved = You can quit the app: nothing will be lost.
pending-waiting-unsaved = Keep the app running: this could not be saved to disk.
pending-refused-title = Pachca did not accept: { $status }
pending-refused-about = Nothing is lost: change the status or drop it.
pending-retry = Send now
pending-edit = Edit
pending-cancel = Do not send
conflict-title = The status was changed elsewhere
conflict-about = Now: { $theirs }. Waiting to be sent: { $ours }. Which one stays?
conflict-late-title = A status has waited for over a day
conflict-late-about = { $ours }: still send it?
conflict-unreadable-title = Pachca’s answer cannot be read
conflict-unreadable-about = What colleagues see now is not known. Send { $ours } anyway?
conflict-ours = Send mine
conflict-theirs = Keep it as it is
link-retry = We will try again { $when }.
link-retry-soon = We will try again soon.
link-paused-retry = Pachca asks us to pause requests. We will go on { $when }.
link-paused = Pachca asks us to pause requests
link-paused-until = We will go on { $when }. Nothing you click meanwhile is lost.
scopes-banner = { $count ->
    [one] The token lacks a scope it needs
   *[other] The token lacks scopes it needs
}
quick-heading = One click
quick-all = All presets
recents-heading = Recent
recents-apply = Set
recents-apply-title = Set { $title }
recents-edit = Open in the composer: { $title }
recents-remove = Remove from recent: { $title }

## Window: composer

composer-heading = Custom status
composer-title = What are you doing
composer-title-placeholder = What are you doing?
composer-count = { $count } / { $limit }
composer-expiry = When it ends
composer-ends = Ends { $when }
composer-ends-never = Stays until you clear it
composer-ends-asked = Asks for the date each time you pick it
composer-ends-date-needed = Choose a date and time
composer-away = “Away” mode
composer-away-about = Colleagues see that you are away. Anyone who writes to you or mentions you gets the message below.
composer-message = Message for people who write
composer-message-placeholder = For example: back at {"{time}"}
composer-insert = Insert:
composer-insert-time = end time
composer-insert-date = end date
composer-set = Set status
composer-save-preset = Save as preset
composer-reset = Start over
emoji-choose = Choose an emoji
emoji-button-chosen = Emoji { $emoji }. Choose another
emoji-failed = The emoji list could not be opened. Please try again.
preview-caption = As colleagues see it
preview-answers = Reply to people who write
preview-you = You
preview-no-title = Status text
preview-no-message = No message: colleagues see only the “Away” mode.

close-tip = You can close the window: the app stays in the tray
close-tip-about = A click on its icon changes the status. If you do not see the icon, the system may have put it behind an arrow or the screen’s notch.
close-tip-ok = Got it
window-quit = Quit the app

### Window: Presets

presets-about = Statuses for every day. Drag a row, or press Alt and an arrow key, to reorder.
presets-about-away = { $expiry } · “Away” mode
presets-add = Add preset
presets-import = Load from a file
presets-export = Save to a file
presets-restore = Restore the defaults
presets-restore-title = Restore the default presets?
presets-restore-about = Your list is replaced by the one from the start. You can undo this.
presets-restored = The presets are the default ones again
presets-undo = Undo the last change
presets-imported = { $added ->
    [0] { $replaced ->
        [one] { $replaced } preset updated
       *[other] { $replaced } presets updated
    }
    [one] { $added } preset added, { $replaced } updated
   *[other] { $added } presets added, { $replaced } updated
}
presets-exported = Saved: { $path }
presets-moved = { $title }: place { $place } of { $count }
presets-deleted = Deleted: { $title }
presets-duplicated = Copied: { $title }
presets-saved = Saved: { $title }
presets-added = Added: { $title }
presets-empty = No presets
presets-empty-about = Add one of your own or restore the defaults: they appear in the tray menu.
presets-tray-count = { $count ->
    [0] None in the tray menu
    [one] { $count } preset in the tray menu
   *[other] { $count } presets in the tray menu
}
presets-tray-over = { $over ->
    [one] { $shown } in the tray menu, { $over } more under “More”
   *[other] { $shown } in the tray menu, { $over } more under “More”
}
presets-tray-limit = Show in the menu at most
presets-in-tray = Show in the tray menu
presets-in-tray-of = Show in the tray menu: { $title }
presets-handle = Move { $title }, place { $place }
presets-handle-hint = Drag, or press Alt and an arrow key
presets-more = More actions
presets-more-of = More actions: { $title }
presets-edit-of = Edit { $title }
presets-duplicate = Duplicate
presets-up = Move up
presets-down = Move down
presets-delete = Delete
preset-edit = Edit preset
preset-new = New preset
preset-in-tray = Show in the tray menu
preset-in-tray-about = Set by one click, without opening the window.

### Window: Profile

profile-about = How colleagues see you. Name, job title and fields are edited in Pachca itself.
profile-refresh = Refresh
profile-nobody = Your profile appears once you are connected
profile-nobody-about = Connect Pachca to see everything that colleagues see about you.
profile-empty = not filled in
profile-yes = yes
profile-no = no
profile-suspended = Access suspended
profile-is-bot = Bot
profile-group-contact = Contact
profile-group-work = Work
profile-group-custom = Custom fields
profile-group-account = Account
profile-definitions-missing = Only filled fields are shown: to see all of them the token needs the scope custom_properties:read.
profile-field-nickname = User name
profile-field-email = E-mail
profile-field-phone_number = Phone
profile-field-title = Job title
profile-field-department = Department
profile-field-role = Role
profile-field-tags = Tags
profile-field-id = Number
profile-field-time_zone = Time zone
profile-field-last_activity_at = Last active
profile-field-created_at = In Pachca since
profile-field-invite_status = Invitation
profile-field-inviter_id = Invited by
profile-field-sso = Signs in with SSO
profile-field-bot = Bot
profile-zone-differs = This computer is in another zone: { $zone }. Statuses follow the computer’s clock.
role-admin = administrator
role-user = employee
role-multi_guest = multi-guest
role-guest = guest
invite-confirmed = accepted
invite-sent = sent
link-open-what = Open the link: { $name }
link-title = Open the link?
link-about = It opens in the browser and leads to:
link-open = Open
avatar-heading = Avatar
avatar-alt = Your avatar
avatar-choose = Choose a picture
avatar-change = Change the picture
avatar-remove = Remove
avatar-remove-title = Remove the avatar?
avatar-remove-about = Colleagues will see your initials. You can bring the picture back.
avatar-removed = Avatar removed
avatar-undo = Bring back the previous one
avatar-undone = The previous avatar is back
avatar-uploaded = Avatar updated
avatar-drop = Drop the picture here
avatar-hint = You can also drop a file here or paste a picture. JPEG, PNG, WebP, GIF or BMP, up to 10 MB.
crop-title = New avatar
crop-stage = The picture under the square
crop-help = Move the picture with the mouse or the arrow keys; zoom with the wheel, the slider or the + and − keys.
crop-zoom = Zoom
crop-preview = How it will look
crop-small = In a chat
crop-round = In the profile
crop-square = Full size
crop-animated = The picture is animated: only its first frame is used.
crop-upload = Set avatar
crop-another = Another picture
crop-stop = Stop
crop-stopped = Upload stopped
crop-progress = Uploading the avatar
crop-percent = { $percent } %

### Window: Account

account-unnamed = No name
account-person = Who is connected
account-connected = Connected: { $name }
account-reconnect = Reconnect
account-disconnect = Disconnect
account-disconnect-title = Disconnect the account?
account-disconnect-about = The token is removed from this computer. The status in Pachca, presets and preferences stay.
account-disconnect-token = The token itself keeps working until you delete it in Pachca: Automations → API.
account-disconnected = Disconnected. The token itself works until you delete it in Pachca.
account-token = Token
account-recheck = Check
token-field-name = Name
token-field-masked = Token
token-field-created = Created
token-field-used = Last used
token-field-expires = Expires
token-field-kept = Where it is kept
token-no-name = no name
token-never-used = not used yet
token-no-end = never
token-ends-in = in { $duration }
token-kept-where = In this computer’s keyring: { $store }
scopes-heading = Token scopes
scopes-unlocks = What it unlocks
scopes-state = Granted
scopes-have = granted
scopes-missing = missing
scopes-how = Scopes cannot be added to an existing token: create a new one in Pachca with every scope of this list and press “Reconnect”. If a scope is there and the action still fails, your role does not allow it: ask an administrator.
scopes-more = This token may also do what is not needed here: { $scopes }
scopes-more-about = Whoever gets hold of it could use that too. A separate token with only the scopes of the list below is safer.
scope-profile-status-write = Set and clear your status
scope-profile-status-read = See your status
scope-profile-read = See your profile
scope-profile-avatar-write = Change and remove your avatar
scope-custom-properties-read = See all custom fields
connect-title = Connect Pachca
connect-title-again = New token
connect-about = You need a personal token. It stays on this computer and is sent only to Pachca’s server.
connect-token = Token
connect-placeholder = Paste the token
connect-show = Show the token
connect-hide = Hide the token
connect-session = Do not save the token
connect-session-about = It stays in memory until you quit the app.
connect-button = Connect
connect-server = Server:
connect-other-server = Another server
help-how = Where to get a token
help-step-1 = In Pachca open Automations → API.
help-step-2 = Press “Create a new token” and give it a name, such as “Status on my laptop”.
help-step-3 = Tick the scopes listed below.
help-step-4 = Copy the token at once: Pachca shows it only one time.
help-cannot = I cannot create a token
help-cannot-guest = Guests cannot create tokens. Ask an administrator to make you an employee.
help-cannot-owner = The workspace’s owner may have forbidden personal tokens. Ask them to allow these in the API settings.
help-cannot-scope = If a scope is not offered, your role does not include it. Everything else works without it.
help-cannot-bot = A bot’s token works too, but then status and avatar are the bot’s, not yours.
help-where = Where the token is kept
help-where-mac = In the macOS Keychain, under the name Pachca Status. No file holds the token.
help-where-windows = In the Windows Credential Manager. No file holds the token.
help-where-linux = In the desktop’s keyring: GNOME Keyring, KWallet or KeePassXC. No file holds the token.
help-where-never = Without a keyring, or while it is locked, the token lives in memory only until you quit the app. It never goes to a file.
help-where-origin = The token belongs to one server address: if you change the address, you connect again.
keyring-slow-about = Check whether another window asks for your password. A late answer still counts.
keyring-session-hint = You can wait, try again, or paste a token without saving it.
keyring-rejected-about = Paste a new token below. Presets and what waits to be sent are kept.
keyring-several-about = None is used and none was removed. Paste the token that is to be used below.
keyring-environment = The token comes from the variable PACHCA_TOKEN, so it cannot be changed or removed here.

### Window: Preferences

preferences-as-system = Same as system
preferences-look = Appearance
preferences-language = Language
preferences-theme = Theme
preferences-light = Light
preferences-dark = Dark
preferences-start = Startup and window
preferences-login = Start when I log in
preferences-login-about = The icon appears in the tray, without a window.
preferences-close = When the window is closed
preferences-close-about = To quit completely, use the tray menu or Ctrl+Q.
preferences-close-tray = Stay in the tray
preferences-close-quit = Quit
preferences-close-no-tray = The desktop shows no tray icons. To open the window again, start the app again.
preferences-hours = Working hours
preferences-hours-about = They decide what “end of the working day” and “next working morning” mean.
preferences-hours-time = Hours
preferences-hours-days = Days
preferences-hours-start = Start of the working day
preferences-hours-end = End of the working day
preferences-hours-overnight = The end is before the start: the working day ends on the next calendar day.
preferences-days-none = No day is chosen: every day counts as a working day.
preferences-notifications = Notifications
preferences-notify-failures = Something failed or needs a decision
preferences-notify-failures-about = A status was not accepted, was changed elsewhere, or a new token is needed.
preferences-notify-delivered = A waiting status was sent
preferences-notify-delivered-about = When the connection is back and the waiting status is out.
preferences-notify-expired = A status has ended
preferences-notify-expired-about = When its time is over.
preferences-shortcuts = Keyboard shortcuts
preferences-tray = Tray and server
preferences-tray-limit-about = The other presets are under “More”.
preferences-interval = Check the status
preferences-interval-about = In case you change it on your phone. It is also checked when the window opens and after sleep.
preferences-interval-minutes = { $minutes ->
    [one] every minute
   *[other] every { $minutes } minutes
}
updates-heading = Updates
updates-daily = Check for a new version once a day
updates-daily-about = Only the project’s release page is asked. Nothing is installed until you click.
updates-look = Check now
updates-none = You have the newest version.
updates-found = Version { $version } is available
updates-install = Install and restart
updates-installing = Downloading and checking the signature. The app will restart.
shortcut-open = Open the window
shortcut-open-about = Works in every program.
shortcut-clear = Clear the status
shortcut-clear-about = At once, without asking.
shortcut-none = Not set
shortcut-press = Press the keys
shortcut-remove = Remove the shortcut
shortcut-same = This shortcut is already used by the other action here.
shortcuts-unavailable = This desktop does not offer global shortcuts to programs (that is how Wayland works). You can bind one in the system’s settings to the command pachca-status: it opens the window.
server-heading = Server
server-label = API address
server-about = Only needed if Pachca runs on your company’s own server. Leave it empty for Pachca’s cloud.
server-check = Check
server-good = Answers in { $ms } ms: { $address }
server-reset = Back to Pachca’s cloud
server-saved = Address saved
server-change = Change server
server-change-title = Change the server?
server-change-about = The token belongs to the current address and will not be sent to another: you will need to connect again.

### Window: Diagnostics

diagnostics-about = Why something does not work, and what to do about it.
diagnostics-run = Check again
diagnostics-copy = Copy report
diagnostics-copied = Report copied. It holds neither the token nor personal data.
diagnostics-summary-good = Everything works
diagnostics-summary-limited = { $count ->
    [one] Works, with { $count } remark
   *[other] Works, with { $count } remarks
}
diagnostics-summary-bad = { $count ->
    [one] { $count } thing does not work: what to do is below
   *[other] { $count } things do not work: what to do is below
}
verdict-good = In order:
verdict-limited = Limited:
verdict-bad = Does not work:
verdict-unknown = Not known yet:
requests-heading = Recent requests
requests-none = No requests yet.
requests-method = Request
requests-status = Answer
requests-time = Time
requests-when = When
requests-ms = { $ms } ms
requests-no-answer = no answer
request-failure-offline = no connection
request-failure-timeout = timed out
request-failure-not_pachca = not Pachca
request-failure-tls = not secure
request-failure-token_rejected = token rejected
request-failure-scope_missing = scope missing
request-failure-role_forbids = role forbids
request-failure-plan_forbids = plan forbids
request-failure-refused = refused
request-failure-wrong_emoji = emoji refused
request-failure-too_long = too long
request-failure-not_found = not found
request-failure-rate_limited = asked to wait
request-failure-server_error = server error
request-failure-too_large = too large
request-failure-unexpected = unexpected
request-failure-called_off = called off
about-heading = About
about-independent = An independent product: it is not made by Pachca, and Pachca is not responsible for it.
about-licence = Open source, MIT licence.
about-privacy = Collects nothing and talks to nobody but Pachca’s server.

diagnostics-network = Network
diagnostics-network-reached = Pachca is reachable.
diagnostics-network-offline = No connection. Check the network, VPN or proxy.
diagnostics-network-timeout = The server does not answer in time. Check the network, VPN or proxy.
diagnostics-network-tls = No secure connection can be made. Check the computer’s date, the proxy, and that the system’s certificates are installed.
diagnostics-network-not_pachca = Something other than Pachca answers: the network may want you to sign in. Open the browser and check the network.
diagnostics-network-unknown = Could not be checked: look at the server address.
diagnostics-server = Server
diagnostics-server-answers = Pachca answers at this address.
diagnostics-server-paused = Pachca asks us to pause requests. They resume by themselves.
diagnostics-server-error = The server has an error. We will try again.
diagnostics-server-not_found = There is no Pachca API at this address. Check the server address.
diagnostics-server-unexpected = Something other than Pachca answers at this address. Check the server address and the proxy.
diagnostics-server-unknown = Known once there is a connection.
diagnostics-token = Token
diagnostics-token-loading = Being read from the keyring.
diagnostics-token-slow = Waiting for the keyring. The system may be asking for your password in another window.
diagnostics-token-missing = No token. Connect an account.
diagnostics-token-kept = Accepted and saved.
diagnostics-token-session_only = Accepted but not saved: paste it again after you quit.
diagnostics-token-from_environment = Taken from the variable PACHCA_TOKEN.
diagnostics-token-locked = Not read: the keyring is locked.
diagnostics-token-denied = Not read: the system refused access to the keyring.
diagnostics-token-no_service = Not read: no keyring was found.
diagnostics-token-several = Not read: the keyring holds several for this account. Connect again.
diagnostics-token-rejected = Pachca does not accept it. Connect with a new token.
diagnostics-scopes = Scopes
diagnostics-scopes-all = Every scope that is needed is there.
diagnostics-scopes-missing = Some are missing. Create a token with all of them and reconnect.
diagnostics-scopes-unknown = Known once an account is connected.
diagnostics-keyring = Keyring
diagnostics-keyring-open = Open.
diagnostics-keyring-slow = Does not answer. The system may be waiting for your password in another window.
diagnostics-keyring-locked = Locked. Unlock it and try again on the Account page.
diagnostics-keyring-denied = The system refused access. Allow it and try again.
diagnostics-keyring-no_service = Not found. The token lives until you quit the app. On Linux install gnome-keyring or KWallet.
diagnostics-tray = Tray icon
diagnostics-tray-present = Shown.
diagnostics-tray-absent = The desktop shows no icons. On GNOME the AppIndicator extension helps; starting the app again opens the window.
diagnostics-tray-unknown = The system does not say.
diagnostics-files = Files
diagnostics-files-writable = Changes are saved.
diagnostics-files-failing = Changes are not saved. Check the disk space and the folder’s permissions.
diagnostics-files-damaged = A file was damaged and set aside.
diagnostics-files-newer = A file was written by a newer version. Update the app.
diagnostics-clock = Clock
diagnostics-clock-right = Matches the server’s.
diagnostics-clock-off = Differs from the server’s by { $detail } s: a status may end at the wrong time. Check the date and time.
diagnostics-clock-unknown = Not compared yet.
presets-column-tray = In the tray
