### What the tray and the desktop say, and the window too. The rest of the window: window.ru.ftl

## Moments. Arguments: $day, $time, $dayOfMonth, $month (a word of month-*), $year.

when = { $day ->
    [yesterday] вчера в { $time }
    [today] сегодня в { $time }
    [tomorrow] завтра в { $time }
    [this_year] { $dayOfMonth } { $month } в { $time }
   *[other_year] { $dayOfMonth } { $month } { $year } г. в { $time }
}
until = { $day ->
    [yesterday] до вчера, { $time }
    [today] до { $time }
    [tomorrow] до завтра, { $time }
    [this_year] до { $dayOfMonth } { $month }, { $time }
   *[other_year] до { $dayOfMonth } { $month } { $year } г., { $time }
}
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря

## Tray: tooltip

tray-tooltip-not-connected = Статус для Пачки: аккаунт не подключён
tray-tooltip-unknown = Статус для Пачки: узнаём ваш статус
tray-tooltip-none = Без статуса
tray-tooltip-status = { $emoji } { $title }
tray-tooltip-status-until = { $emoji } { $title } · { $until }
tray-tooltip-stale = { $emoji } { $title } · нет связи, мог измениться
tray-tooltip-stale-none = Без статуса · нет связи, мог измениться
tray-tooltip-sending = Отправляем: { $emoji } { $title }
tray-tooltip-sending-clear = Сбрасываем статус
tray-tooltip-waiting = Ждёт отправки: { $emoji } { $title }
tray-tooltip-waiting-clear = Сброс статуса ждёт отправки
tray-tooltip-refused = Пачка не приняла статус
tray-tooltip-conflict = Статус изменили в другом месте: решите, какой оставить
tray-tooltip-token = Статус для Пачки: нужен токен

## Tray: menu

menu-current = { $emoji } { $title }
menu-current-until = { $emoji } { $title } · { $until }
menu-current-none = Без статуса
menu-current-unknown = Узнаём ваш статус…
menu-seen = Проверено { $when }
menu-sending = Отправляем: { $emoji } { $title }
menu-sending-clear = Сбрасываем статус…
menu-waiting = Ждёт отправки: { $emoji } { $title }
menu-waiting-until = Ждёт отправки: { $emoji } { $title } · { $until }
menu-waiting-clear = Ждёт отправки: сброс статуса
menu-refused = Не принято: { $emoji } { $title }
menu-refused-clear = Не принято: сброс статуса
menu-cancel-pending = Не отправлять
menu-dismiss-refused = Понятно, убрать
menu-conflict = Изменено в другом месте: { $emoji } { $title }
menu-conflict-none = Статус сняли в другом месте
menu-conflict-unreadable = Ответ Пачки не удаётся прочитать
menu-conflict-late = Ждёт больше суток: { $emoji } { $title }
menu-conflict-late-clear = Сброс статуса ждёт больше суток
menu-apply-ours = Всё равно поставить { $emoji } { $title }
menu-apply-ours-clear = Всё равно сбросить статус
menu-keep-theirs = Оставить как есть
menu-link-offline = Нет связи
menu-link-timeout = Сервер не отвечает
menu-link-not-pachca = Сеть просит войти или отвечает не Пачка
menu-link-tls = Нет защищённого соединения
menu-link-server = Ошибка на сервере
menu-link-unexpected = Непонятный ответ сервера
menu-link-paused = Сервер просит подождать { $until }
menu-retry = Попробовать сейчас
menu-token-loading = Открываем хранилище паролей…
menu-token-slow = Хранилище паролей пока не отвечает
menu-token-missing = Нужен токен
menu-token-locked = Хранилище паролей заблокировано
menu-token-denied = Нет доступа к хранилищу паролей
menu-token-no-service = Хранилище паролей не найдено
menu-token-several = В хранилище паролей несколько токенов этого аккаунта
menu-token-rejected = Пачка не принимает токен
menu-connect = Подключить аккаунт…
menu-reconnect = Подключить заново…
menu-scope-missing = Токену не хватает права { $scope }
menu-forbidden = Ваша роль или тариф этого не разрешает
menu-extend = Продлить
menu-extend-minutes = { $minutes ->
    [one] На { $minutes } минуту · { $until }
    [few] На { $minutes } минуты · { $until }
   *[many] На { $minutes } минут · { $until }
}
menu-extend-hours = { $hours ->
    [one] На { $hours } час · { $until }
    [few] На { $hours } часа · { $until }
   *[many] На { $hours } часов · { $until }
}
menu-extend-workday = На весь рабочий день · { $until }
menu-clear = Сбросить статус
menu-undo = Вернуть { $emoji } { $title }
menu-undo-clear = Вернуть: без статуса
menu-preset = { $emoji } { $title }
menu-preset-until = { $emoji } { $title } · { $until }
menu-preset-ask = { $emoji } { $title }…
menu-more = Ещё
menu-custom = Другой статус…
menu-avatar = Сменить аватар…
menu-open = Открыть окно
menu-settings = Настройки…
menu-quit = Выйти

## Notifications

notification-conflict-title = Статус изменили в другом месте
notification-unreadable-title = Статус не отправлен: ответ Пачки не удаётся прочитать
notification-conflict-body = Сейчас стоит { $emoji } { $title }. Ваш статус ещё не отправлен: откройте окно и решите, какой оставить.
notification-conflict-body-none = Сейчас статуса нет. Ваш статус ещё не отправлен: откройте окно и решите, какой оставить.
notification-late-title = Статус ждёт больше суток
notification-late-body = { $emoji } { $title }: всё ещё отправить? Решите в окне.
notification-late-body-clear = Всё ещё сбросить статус? Решите в окне.
notification-waited-title = Статус не отправлен
notification-waited-body = Пока не было связи, время статуса «{ $title }» вышло. Он снят с отправки.
notification-refused-title = Пачка не приняла статус
notification-refused-body = { $emoji } { $title }: откройте окно, там сказано почему.
notification-refused-body-clear = Сбросить статус не получилось: откройте окно, там сказано почему.
notification-token-title = Нужен токен
notification-token-body = Статусы пока не отправляются. Откройте окно: там сказано, что сделать.
notification-delivered-title = Статус отправлен
notification-delivered-body = Связь вернулась, теперь стоит { $emoji } { $title }.
notification-delivered-body-clear = Связь вернулась, статус сброшен.
notification-expired-title = Статус закончился
notification-expired-body = { $emoji } { $title } больше не показывается.

## Failures between the app and the server. Arguments: $scope, $seconds, $status, $message.

failure-offline = Нет связи с Пачкой. Проверьте сеть, прокси или адрес сервера.
failure-timeout = Пачка не ответила вовремя. Проверьте сеть, VPN или прокси.
failure-not_pachca = Вместо Пачки ответил кто-то другой: возможно, сеть просит войти. Откройте браузер и проверьте сеть.
failure-tls = Не удалось установить защищённое соединение. Проверьте дату и время на компьютере, прокси и установлены ли сертификаты системы.
failure-token_rejected = Пачка не принимает токен: он отозван или доступ приостановлен. Подключитесь с новым токеном или дождитесь, пока доступ вернут.
failure-scope_missing = { $scope ->
    [unknown] Токену не хватает права на это действие. Создайте токен с нужным правом и подключитесь заново.
   *[other] Токену не хватает права { $scope }. Создайте токен с этим правом и подключитесь заново.
}
failure-role_forbids = Ваша роль в Пачке этого не разрешает. Спросите администратора пространства.
failure-plan_forbids = Тариф вашего пространства этого не включает. Спросите администратора пространства.
failure-refused = Пачка не приняла данные. Проверьте поля и попробуйте снова.
failure-wrong_emoji = Пачка не приняла этот эмодзи. Выберите другой.
failure-too_long = Пачка считает текст слишком длинным. Сократите его и попробуйте снова.
failure-not_found = По этому адресу нет API Пачки. Проверьте адрес сервера в настройках.
failure-rate_limited = { $seconds ->
    [0] Слишком много запросов подряд. Подождём, сколько просит Пачка, и отправим сами.
    [one] Слишком много запросов подряд. Пачка просит подождать { $seconds } секунду, потом отправим сами.
    [few] Слишком много запросов подряд. Пачка просит подождать { $seconds } секунды, потом отправим сами.
   *[many] Слишком много запросов подряд. Пачка просит подождать { $seconds } секунд, потом отправим сами.
}
failure-server_error = На стороне Пачки ошибка: обычно она проходит сама.
failure-too_large = Ответ слишком большой, таких Пачка не присылает. Проверьте адрес сервера и прокси.
failure-unexpected = Пачка ответила непонятно. Попробуйте позже; если повторится, скопируйте отчёт в разделе «Диагностика».
failure-called_off = Запрос отменён до отправки.

## Errors of what was asked for. Arguments: $detail, $token (a sentence of token-*).

error-not_connected = Сначала подключите аккаунт.
error-failure = Не получилось связаться с Пачкой.
error-token_invisible = Внутри токена есть невидимый символ. Скопируйте токен ещё раз прямо из Пачки.
error-token_malformed = Это не похоже на токен: скопируйте его целиком, без пробелов и переносов.
error-server_address_invalid = Такой адрес не подойдёт: нужен https://… без имени пользователя.
error-keyring_unavailable = Токен подошёл, но сохранить его не получилось. { $token }
error-keyring_not_removed = Токен остался в хранилище паролей: удалить его не получилось. { $token }
error-picture_unknown = Это не картинка. Подойдут JPEG, PNG, WebP, GIF и BMP.
error-picture_kind_refused = { $detail } не подойдёт: сохраните картинку как JPEG или PNG.
error-picture_too_large = Картинка слишком большая: нужно не больше 10 МБ, 8000 точек по стороне и 40 мегапикселей.
error-picture_broken = Файл картинки повреждён. Выберите другой.
error-file_unreadable = Файл не читается. Проверьте, есть ли к нему доступ.
error-file_unwritable = Файл не записался. Проверьте место на диске и доступ к папке.
error-import_not_presets = В этом файле не список статусов.
error-import_entry_invalid = В файле есть запись с ошибкой, поэтому ничего не добавлено.
error-import_too_many = Статусов стало бы больше 200, поэтому ничего не добавлено.
error-status_invalid = Такой статус поставить нельзя. { $detail }
error-preset_invalid = Такой статус сохранить нельзя. { $detail }
error-presets_full = Больше 200 статусов сохранить нельзя. Удалите лишние.
error-link_refused = Эту ссылку мы не открываем: она не https или выглядит подозрительно.
error-nothing_there = Здесь уже нечего менять.
error-cancelled = Остановлено.
error-shortcut_unavailable = Это сочетание занято другой программой или не поддерживается. Выберите другое.
error-autostart_failed = Система не дала изменить запуск при входе.
error-update_failed = Новую версию не удалось получить ({ $detail }). Попробуйте позже.
error-update_untrusted = Полученный файл не подписан авторами приложения. Ничего не изменено. Скачайте приложение с его страницы.
error-ending = Приложение завершает работу.

## What is wrong with a file of presets

import-not-json = Строка { $line }, символ { $column }: дальше не прочитать.
import-newer = Файл записан более новой версией приложения: обновите его.
import-entry = Запись { $number }, «{ $title }»: { $fault }
import-entry-untitled = Запись { $number }: { $fault }
import-fault-shape = Поля не такие, как в сохранённом файле ({ $detail }).
import-fault-id = Поле id должно состоять из 1–40 символов: a–z, 0–9 и дефис.
import-fault-same-id = Такой же id уже есть у записи выше.

## What keeps a status from being set

invalid-emoji_missing = Выберите эмодзи.
invalid-emoji_not_emoji = Нужен один эмодзи, без текста.
invalid-title_missing = Напишите, чем вы заняты.
invalid-title_too_long = Не больше 50 символов.
invalid-away_message_too_long = Сообщение не длиннее 1024 символов вместе с датой и временем.
invalid-end_in_the_past = Это время уже прошло. Выберите другое.
invalid-minutes_out_of_range = От одной минуты до года.
invalid-date_missing = Выберите дату и время.

## What to know about this computer. Arguments: $path, $restored, $reason, $seconds, $shortcut, $title.

notice-file_damaged = { $restored ->
    [true] Файл был повреждён. Мы взяли из него и из копии всё, что читается, а сам файл отложили: { $path }
   *[false] Файл был повреждён и отложен: { $path }. Работаем с настройками по умолчанию.
}
notice-file_from_newer_version = Файл записан более новой версией приложения, поэтому изменения не сохраняются: { $path }. Обновите приложение.
notice-cannot_save = Изменения не сохраняются: { $path }. Система говорит: { $reason }
notice-no_tray_host = Рабочий стол не показывает значки в трее, поэтому приложение живёт в этом окне. В GNOME поможет расширение AppIndicator.
notice-clock_off = { $seconds ->
    [one] Часы компьютера расходятся с сервером на { $seconds } секунду: статус может закончиться не вовремя. Проверьте дату и время.
    [few] Часы компьютера расходятся с сервером на { $seconds } секунды: статус может закончиться не вовремя. Проверьте дату и время.
   *[many] Часы компьютера расходятся с сервером на { $seconds } секунд: статус может закончиться не вовремя. Проверьте дату и время.
}
notice-shortcut_unavailable = Сочетание { $shortcut } занято или не поддерживается. Выберите другое в настройках.
notice-waited_too_long = Пока не было связи, время статуса «{ $title }» вышло. Он снят с отправки.

## Where the token stands

token-loading = Открываем хранилище паролей.
token-slow = Хранилище паролей пока не отвечает: возможно, система ждёт вашего пароля в другом окне.
token-missing = Токена нет: подключите аккаунт.
token-kept = Токен хранится в хранилище паролей этого компьютера.
token-session_only = Токен только в памяти: после выхода из приложения его нужно будет вставить снова.
token-from_environment = Токен взят из переменной PACHCA_TOKEN и нигде не сохранён.
token-locked = Хранилище паролей заблокировано. Разблокируйте его и попробуйте снова.
token-denied = Система не дала доступ к хранилищу паролей. Разрешите доступ и попробуйте снова.
token-no_service = На этом компьютере не найдено хранилище паролей.
token-several = В хранилище паролей несколько разных токенов этого аккаунта. Подключитесь с нужным: он заменит их все.
token-rejected = Пачка не принимает токен. Он сохранён: подключитесь с новым или дождитесь, пока доступ вернут.

## Presets as they are from the start

preset-away-title = Отошёл
preset-away-message = Отошёл, вернусь в {"{time}"}.
preset-lunch-title = На обеде
preset-lunch-message = На обеде, вернусь в {"{time}"}.
preset-meeting-title = На встрече
preset-focus-title = Не беспокоить
preset-remote-title = Работаю удалённо
preset-done-title = Рабочий день окончен
preset-done-message = Рабочий день закончен, отвечу {"{date}"} после {"{time}"}.
preset-call-title = На созвоне
preset-commute-title = В дороге
preset-commute-message = В дороге, отвечу после {"{time}"}.
preset-office-title = В офисе
preset-sick-title = Болею
preset-sick-message = Болею, сегодня не на связи.
preset-vacation-title = В отпуске
preset-vacation-message = В отпуске до {"{date}"}.

## Desktop: the window as the system sees it, dialogs, and the first closing of the window

window-name = Статус для Пачки
shell-picture-title = Выберите картинку
shell-picture-files = Картинки
shell-import-title = Импорт заготовок
shell-export-title = Экспорт заготовок
shell-preset-files = Заготовки (JSON)
shell-all-files = Все файлы
shell-login-reason = Показывать ваш статус в трее сразу после входа
shell-update-title = Вышла новая версия «Статуса для Пачки»
shell-update-body = Что в ней нового, написано в настройках. Там же её можно установить.
shell-no-window-title = Окно не открывается
shell-no-window-body = Статус по-прежнему ставится из меню значка. Если так и останется, установите приложение заново.
shell-window-ended-title = Окно закрылось само
shell-window-ended-body = Введённое, но не поставленное, не сохранилось. Нажмите здесь, чтобы открыть окно снова.
shell-still-here-title = «Статус для Пачки» остаётся в трее
shell-still-here-body = Статус меняется щелчком по значку. Что делает закрытие окна, выбирается в настройках.
