// friendboard in a game of Unity's WebGL SDK for WeChat: put this below Assets. MIT OR Apache-2.0.
//
//   FriendBoard.Open(rawImage);      // a RawImage whose rotation around x is 180: the SDK draws the canvas upside down
//   FriendBoard.PostScore(1234);     // stored where it is better than the one before
//   FriendBoard.Close();             // before the RawImage is hidden
using System;
using UnityEngine;
using UnityEngine.UI;
using WeChatWASM;

public static class FriendBoard
{
    [Serializable]
    private class Message
    {
        public string type;
    }

    [Serializable]
    private class Score
    {
        public string type;
        public string key;
        public double score;
    }

    /// The key that a posted score is stored under; the same as in openDataContext/index.js.
    public static string Key = "score";

    /// Shows the board where the image is; a message of the game's own takes the place of the usual one.
    public static void Open(RawImage image, string message = null)
    {
        var corners = new Vector3[4];
        image.rectTransform.GetWorldCorners(corners);
        var canvas = image.canvas.rootCanvas;
        var camera = canvas.renderMode == RenderMode.ScreenSpaceOverlay ? null : canvas.worldCamera;
        var first = RectTransformUtility.WorldToScreenPoint(camera, corners[0]);
        var other = RectTransformUtility.WorldToScreenPoint(camera, corners[2]);
        var left = Mathf.FloorToInt(Mathf.Min(first.x, other.x));
        var top = Mathf.CeilToInt(Mathf.Max(first.y, other.y));
        var width = Mathf.CeilToInt(Mathf.Abs(other.x - first.x));
        var height = Mathf.CeilToInt(Mathf.Abs(other.y - first.y));
        if (width <= 0 || height <= 0)
        {
            Debug.LogError($"FriendBoard: an image with a size was expected, found {width}×{height} px");
            return;
        }
        var context = WX.GetOpenDataContext();
        WX.ShowOpenData(image.texture, left, Screen.height - top, width, height);
        context.PostMessage(message ?? JsonUtility.ToJson(new Message { type = "showFriendList" }));
    }

    /// Hides the board. Without it the SDK goes on to draw over the image's texture.
    public static void Close()
    {
        WX.HideOpenData();
    }

    /// Stores the player's new score, where it is better than the one before, and shows it.
    public static void PostScore(double score)
    {
        WX.GetOpenDataContext().PostMessage(JsonUtility.ToJson(new Score { type = "setUserRecord", key = Key, score = score }));
    }
}
