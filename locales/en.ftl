### Shared by tray and window

## Moments. Arguments: $day, $time, $dayOfMonth, $month (a word of month-*), $year.

when = { $day ->
    [yesterday] yesterday at { $time }
    [today] today at { $time }
    [tomorrow] tomorrow at { $time }
    [this_year] { $dayOfMonth } { $month } at { $time }
   *[other_year] { $dayOfMonth } { $month } { $year } at { $time }
}
until = { $day ->
    [yesterday] until yesterday, { $time }
    [today] until { $time }
    [tomorrow] until tomorrow, { $time }
    [this_year] until { $dayOfMonth } { $month }, { $time }
   *[other_year] until { $dayOfMonth } { $month } { $year }, { $time }
}
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Tray: tooltip

tray-tooltip-not-connected = Pachca Status: no account connected
tray-tooltip-unknown = Pachca Status: looking up your status
tray-tooltip-none = No status
tray-tooltip-status = { $emoji } { $title }
tray-tooltip-status-until = { $emoji } { $title } · { $until }
tray-tooltip-stale = { $emoji } { $title } · offline, may have changed
tray-tooltip-stale-none = No status · offline, may have changed
tray-tooltip-sending = Sending: { $emoji } { $title }
tray-tooltip-sending-clear = Clearing the status
tray-tooltip-waiting = Waiting to be sent: { $emoji } { $title }
tray-tooltip-waiting-clear = Clearing the status is waiting to be sent
tray-tooltip-refused = Pachca did not accept the status
tray-tooltip-conflict = The status was changed elsewhere: choose which to keep
tray-tooltip-token = Pachca Status: a token is needed

## Tray: menu

menu-current = { $emoji } { $title }
menu-current-until = { $emoji } { $title } · { $until }
menu-current-none = No status
menu-current-unknown = Looking up your status…
menu-seen = Checked { $when }
menu-sending = Sending: { $emoji } { $title }
menu-sending-clear = Clearing the status…
menu-waiting = Waiting to be sent: { $emoji } { $title }
menu-waiting-until = Waiting to be sent: { $emoji } { $title } · { $until }
menu-waiting-clear = Waiting to be sent: clear status
menu-refused = Not accepted: { $emoji } { $title }
menu-refused-clear = Not accepted: clear status
menu-cancel-pending = Do not send
menu-dismiss-refused = Got it, hide this
menu-conflict = Changed elsewhere: { $emoji } { $title }
menu-conflict-none = The status was cleared elsewhere
menu-conflict-late = Waiting for over a day: { $emoji } { $title }
menu-conflict-late-clear = Clearing the status has waited for over a day
menu-apply-ours = Set { $emoji } { $title } anyway
menu-apply-ours-clear = Clear the status anyway
menu-keep-theirs = Keep it as it is
menu-link-offline = No connection
menu-link-timeout = The server does not answer
menu-link-not-pachca = The network asks to sign in, or this is not Pachca
menu-link-tls = No secure connection
menu-link-server = The server has an error
menu-link-unexpected = The server’s answer makes no sense
menu-link-paused = The server asks to wait { $until }
menu-retry = Try now
menu-token-loading = Opening the keyring…
menu-token-slow = The keyring has not answered yet
menu-token-missing = A token is needed
menu-token-locked = The keyring is locked
menu-token-denied = No access to the keyring
menu-token-no-service = No keyring found
menu-token-rejected = Pachca does not accept the token
menu-connect = Connect an account…
menu-reconnect = Connect again…
menu-scope-missing = The token lacks the scope { $scope }
menu-forbidden = Your role or plan does not allow this
menu-extend = Extend
menu-extend-minutes = { $minutes ->
    [one] By { $minutes } minute · { $until }
   *[other] By { $minutes } minutes · { $until }
}
menu-extend-hours = { $hours ->
    [one] By { $hours } hour · { $until }
   *[other] By { $hours } hours · { $until }
}
menu-extend-workday = For the whole working day · { $until }
menu-clear = Clear status
menu-undo = Bring back { $emoji } { $title }
menu-undo-clear = Bring back: no status
menu-preset = { $emoji } { $title }
menu-preset-until = { $emoji } { $title } · { $until }
menu-preset-ask = { $emoji } { $title }…
menu-more = More
menu-custom = Another status…
menu-avatar = Change avatar…
menu-open = Open window
menu-settings = Settings…
menu-quit = Quit

## Notifications

notification-conflict-title = Your status was changed elsewhere
notification-conflict-body = It is now { $emoji } { $title }. Yours has not been sent: open the window and choose which to keep.
notification-conflict-body-none = There is no status now. Yours has not been sent: open the window and choose which to keep.
notification-late-title = A status has waited for over a day
notification-late-body = { $emoji } { $title }: send it still? Decide in the window.
notification-late-body-clear = Clear the status still? Decide in the window.
notification-waited-title = A status was not sent
notification-waited-body = While there was no connection, the time of “{ $title }” ran out. It will not be sent.
notification-refused-title = Pachca did not accept the status
notification-refused-body = { $emoji } { $title }: open the window to see why.
notification-refused-body-clear = The status could not be cleared: open the window to see why.
notification-token-title = A token is needed
notification-token-body = Statuses are not being sent. Open the window: it says what to do.
notification-delivered-title = Status sent
notification-delivered-body = The connection is back, your status is now { $emoji } { $title }.
notification-delivered-body-clear = The connection is back, your status is cleared.
notification-expired-title = Status ended
notification-expired-body = { $emoji } { $title } is no longer shown.

## Failures between the app and the server. Arguments: $scope, $seconds, $status, $message.

failure-offline = No connection to Pachca. Check the network or the server address; we will send it once the connection is back.
failure-timeout = Pachca did not answer in time. We will try again.
failure-not_pachca = Something other than Pachca answered: the network may want you to sign in. Open a browser and check the network.
failure-tls = The secure connection failed. Check the computer’s date and time, and the proxy.
failure-token_rejected = Pachca does not accept the token: it was revoked, or access is suspended. Connect with a new token, or wait until access is restored.
failure-scope_missing = { $scope ->
    [unknown] The token lacks the scope for this. Create a token that has it and connect again.
   *[other] The token lacks the scope { $scope }. Create a token that has it and connect again.
}
failure-role_forbids = Your role in Pachca does not allow this. Ask the workspace’s administrator.
failure-plan_forbids = Your workspace’s plan does not include this. Ask the workspace’s administrator.
failure-refused = Pachca did not accept this. Check the fields and try again.
failure-wrong_emoji = Pachca did not accept this emoji. Choose another one.
failure-too_long = Pachca finds the text too long. Shorten it and try again.
failure-not_found = There is no Pachca API at this address. Check the server address in Preferences.
failure-rate_limited = { $seconds ->
    [0] Too many requests in a row. We will wait as long as Pachca asks, then send it.
    [one] Too many requests in a row. Pachca asks to wait { $seconds } second, then we will send it.
   *[other] Too many requests in a row. Pachca asks to wait { $seconds } seconds, then we will send it.
}
failure-server_error = Pachca has an error on its side. We will try again.
failure-too_large = The answer is larger than any Pachca sends. Check the server address and the proxy.
failure-unexpected = Pachca’s answer makes no sense. Try later; if it happens again, copy the report in Diagnostics.
failure-cancelled = Stopped.

## Errors of what was asked for. Arguments: $detail, $token (a sentence of token-*).

error-not_connected = Connect an account first.
error-failure = Pachca could not be reached.
error-token_malformed = This does not look like a token: copy all of it, without spaces or line breaks.
error-server_address_invalid = This address will not do: it has to be https://… without a user name.
error-keyring_unavailable = The token is good, but could not be kept. { $token }
error-keyring_not_removed = The token is still in the keyring: it could not be removed. { $token }
error-picture_unknown = This is not a picture. JPEG, PNG, WebP, GIF and BMP will do.
error-picture_kind_refused = { $detail } will not do: save the picture as JPEG or PNG.
error-picture_too_large = The picture is too large: at most 10 MB, 8000 pixels a side and 40 megapixels.
error-picture_broken = The picture file is damaged. Choose another one.
error-file_unreadable = The file cannot be read. Check that you have access to it.
error-file_unwritable = The file could not be written. Check the free space and your access to the folder.
error-import_not_presets = There is no list of statuses in this file.
error-import_entry_invalid = One entry in the file is wrong, so nothing was added.
error-import_too_many = There would be more than 200 statuses, so nothing was added.
error-link_refused = We do not open this link: it is not https, or looks suspicious.
error-nothing_there = There is nothing left to change here.
error-cancelled = Stopped.
error-shortcut_unavailable = Another program has this shortcut, or it is not supported. Choose another one.
error-autostart_failed = The system did not allow changing the start at login.
error-ending = The app is closing.

## What keeps a status from being set

invalid-emoji_missing = Choose an emoji.
invalid-emoji_not_emoji = One emoji, without text.
invalid-title_missing = Say what you are doing.
invalid-title_too_long = At most 50 characters.
invalid-away_message_too_long = At most 1024 characters, date and time included.
invalid-end_in_the_past = That time has passed. Choose another one.
invalid-minutes_out_of_range = From one minute to a year.
invalid-date_missing = Choose a date and time.

## What to know about this computer. Arguments: $path, $restored, $reason, $seconds, $shortcut, $title.

notice-file_damaged = { $restored ->
    [true] A file was damaged. We kept everything that could be read from it and its backup, and set the file aside: { $path }
   *[false] A file was damaged and set aside: { $path }. The default settings are in use.
}
notice-file_from_newer_version = A newer version of the app wrote this file, so changes are not saved: { $path }. Update the app.
notice-cannot_save = Changes are not saved: { $path }. The system says: { $reason }
notice-no_tray_host = Your desktop shows no tray icons, so the app lives in this window. On GNOME the AppIndicator extension helps.
notice-clock_off = { $seconds ->
    [one] This computer’s clock is { $seconds } second off from the server: a status may end at the wrong time. Check the date and time.
   *[other] This computer’s clock is { $seconds } seconds off from the server: a status may end at the wrong time. Check the date and time.
}
notice-shortcut_unavailable = The shortcut { $shortcut } is taken or not supported. Choose another one in Preferences.
notice-waited_too_long = While there was no connection, the time of “{ $title }” ran out. It will not be sent.

## Where the token stands

token-loading = Opening the keyring.
token-slow = The keyring has not answered yet: the system may be asking for your password in another window.
token-missing = There is no token: connect an account.
token-kept = The token is in this computer’s keyring.
token-session_only = The token is in memory only: after the app quits it has to be pasted again.
token-from_environment = The token comes from PACHCA_TOKEN and is stored nowhere.
token-locked = The keyring is locked. Unlock it and try again.
token-denied = The system refused access to the keyring. Allow it and try again.
token-no_service = No keyring was found on this computer.
token-rejected = Pachca does not accept the token. It is kept: connect with a new one, or wait until access is restored.

## Presets as they are from the start

preset-away-title = Away
preset-away-message = Away, back at {"{time}"}.
preset-lunch-title = Lunch
preset-lunch-message = At lunch, back at {"{time}"}.
preset-meeting-title = In a meeting
preset-focus-title = Focus
preset-remote-title = Working remotely
preset-done-title = Done for today
preset-done-message = Done for today, I will answer {"{date}"} after {"{time}"}.
preset-call-title = On a call
preset-commute-title = Commuting
preset-commute-message = On the road, I will answer after {"{time}"}.
preset-office-title = At the office
preset-sick-title = Out sick
preset-sick-message = Out sick, not available today.
preset-vacation-title = On vacation
preset-vacation-message = On vacation until {"{date}"}.

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
expiry-minutes = Other length
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
status-unknown-about = We will look as soon as Pachca answers.
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
extend-workday = To the end of the working day
pending-sending = Sending: { $emoji } { $title }
pending-sending-clear = Clearing the status
pending-waiting = Waiting to be sent
pending-waiting-title = Waiting to be sent: { $status }
pending-waiting-about = It is sent by itself as soon as that is possible. You may quit the app: nothing is lost.
pending-waiting-unsaved = It is sent by itself as soon as that is possible. Keep the app running: this could not be saved to disk.
pending-refused-title = Pachca did not accept: { $status }
pending-refused-about = Nothing is lost: change the status or drop it.
pending-retry = Send now
pending-edit = Change it
pending-cancel = Do not send
conflict-title = The status was changed elsewhere
conflict-about = Now: { $theirs }. Waiting to be sent: { $ours }. Which one stays?
conflict-ours = Send ours
conflict-theirs = Leave as it is
link-retry = We try again by ourselves { $when }.
link-retry-soon = We try again by ourselves.
link-paused = Pachca asks us to pause requests
link-paused-until = We go on by ourselves { $when }. Nothing clicked meanwhile is lost.
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

composer-heading = Your own status
composer-title = What are you doing
composer-title-placeholder = What are you doing?
composer-count = { $count } / { $limit }
composer-expiry = When it ends
composer-ends = Ends { $when }
composer-ends-never = Stays until you clear it
composer-ends-asked = Asks for the date each time you pick it
composer-ends-date-needed = Choose a date and time
composer-away = “Away” mode
composer-away-about = Colleagues see that you are away. Whoever writes to you or mentions you gets the message below.
composer-message = Message to those who write
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
preview-answers = Answer to those who write
preview-you = You
preview-no-title = Status text
preview-no-message = No message: colleagues see only the “Away” mode.
