# shellcheck shell=bash
# Finds a JDK of the version we need without starting one: each JDK's release file names its version.

readonly jdk_needed=25

# jdk_version HOME: the feature version, empty if HOME holds no Java.
jdk_version() {
  local line version
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        printf '%s' "${version%%[.+-]*}"
        return 0
        ;;
    esac
  done <"$1/release"
}

# Sets and exports JAVA_HOME, or says what is missing and how to get it.
find_jdk() {
  local seen='' candidate version on_path
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path")
    on_path=${on_path%/bin/java}
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    [ -n "$version" ] || continue
    if [ "$version" -ge "$jdk_needed" ] 2>/dev/null; then
      if [ "$layout" = installed ] || [ -x "$candidate/bin/javac" ]; then
        export JAVA_HOME=$candidate
        return 0
      fi
      seen+="
    $candidate: Java $version without javac (a JRE; building needs the JDK)"
    else
      seen+="
    $candidate: Java $version"
    fi
  done
  install_jdk && return 0
  say "metanode: no JDK $jdk_needed or newer was found. Looked at JAVA_HOME, PATH, /usr/lib/jvm and /opt.${seen:+
  Found, but too old or not a JDK:$seen}
  Get one with
    apt-get install openjdk-$jdk_needed-jdk-headless     (Debian 14 and newer, Ubuntu 25.10 and newer)
  or unpack any JDK $jdk_needed (Temurin, Corretto, Zulu, Oracle) under /usr/lib/jvm, or point JAVA_HOME at it."
  exit 1
}

# As root on a Debian that packages it, installs it.
install_jdk() {
  local package=openjdk-$jdk_needed-jdk-headless
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && has_candidate "$package" || return 1
  install_packages "$package" || return 1
  JAVA_HOME=$(readlink -f /usr/lib/jvm/java-$jdk_needed-openjdk-*/bin/java)
  export JAVA_HOME=${JAVA_HOME%/bin/java}
  [ -x "$JAVA_HOME/bin/javac" ]
}
