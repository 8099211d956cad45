# Homebrew's formula, as assets/deploy/release.sh fills it in.
class Friendboard < Formula
  desc "Renders friend lists, leaderboards and share cards of mini-games"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_linux do
    on_intel do
      url "@URL@/friendboard-v@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256:x86_64-unknown-linux-musl@"
    end
  end

  # begin aarch64-apple-darwin
  on_macos do
    on_arm do
      url "@URL@/friendboard-v@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256:aarch64-apple-darwin@"
    end
  end
  # end aarch64-apple-darwin

  def install
    bin.install "friendboard"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/friendboard.bash" => "friendboard"
    zsh_completion.install "completions/friendboard.zsh" => "_friendboard"
    fish_completion.install "completions/friendboard.fish"
  end

  test do
    system bin/"friendboard", "render", "-o", testpath/"board.png"
    assert_predicate testpath/"board.png", :exist?
  end
end
