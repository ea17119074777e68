#!/bin/sh
# Restores a backup of this repository without Coldstream: steps 1 to 6 of RESTORE.txt, which lies
# beside this file and explains them. It needs a POSIX shell, sha256sum (or shasum) and the tool of
# the provider.
#
#     sh RESTORE.sh REPOSITORY BACKUP TARGET
#
# REPOSITORY  the URL of this repository:
@URLS@
# BACKUP      the number of a manifest under manifests/, for example 42
# TARGET      a new or empty folder that no server uses

if [ "$#" -ne 3 ]; then
  sed -n '2,/^$/p' "$0" >&2
  exit 2
fi
REPO=
case "$1" in
@READ@
esac
if [ -z "$REPO" ]; then
  echo "RESTORE.sh: $1 is not the URL of a repository; for a folder use file:///FOLDER" >&2
  exit 2
fi
BACKUP=$(echo "$2" | sed 's/^0*//')
case "$BACKUP" in
  '' | *[!0-9]*)
    echo "RESTORE.sh: $2 is not the number of a backup" >&2
    exit 2
    ;;
esac
BACKUP=$(printf '%012d' "$BACKUP")
TARGET=$3
if [ -n "$(ls -A "$TARGET" 2> /dev/null)" ]; then
  echo "RESTORE.sh: $TARGET is not empty" >&2
  exit 7
fi
if ! mkdir -p "$TARGET" || ! TARGET=$(cd "$TARGET" && pwd); then
  echo "RESTORE.sh: $TARGET cannot be created, or not be entered" >&2
  exit 7
fi

@COMMANDS@

if [ -e "$TARGET/.stop" ] || [ ! -e "$TARGET/chaser.chk" ]; then
  exit 4
fi
echo "Backup $2 is in $TARGET. Do not start a server before you have done the following."
echo
printf "TARGET='%s'\n" "$(printf '%s' "$TARGET" | sed "s/'/'\\\\''/g")"
OPTION=
[ "$SIZE" = 268435456 ] || OPTION="--chunk-size $SIZE "
sed "s/--cluster-size 1/$OPTION&/" << 'END'

@NEXT@
END
